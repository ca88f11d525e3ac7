/* suggest_bench.c - `suggest` on a generated city, beside a plain sparse two-hop.
 *
 *   suggest_bench DIRECTORY [THREADS]     DIRECTORY holds people.csv and lines.csv (see city.c)
 *
 * Every step is done five times, ours and the rival's in turn; the median counts. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/memory.h"
#include "commands/suggest_file.h"
#include "commands/suggest_read.h"
#include "maths/random.h"

enum { TIMES = 5, ASKED = 2000, TOP = 10 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double work(void)
{
    struct rusage r;
    getrusage(RUSAGE_SELF, &r);
    return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) +
           1e-6 * (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double part_of(double *times, int count, double part)
{
    qsort(times, (size_t)count, sizeof *times, by_size);
    return times[(int)(part * (count - 1))];
}

static long most_memory(void)
{
    struct rusage r;
    getrusage(RUSAGE_SELF, &r);
    return r.ru_maxrss / 1024;
}

/* The rival: Adamic-Adar over two hops, rows in the order of the file, a dense sum and a list
 * of those touched, the ten heaviest kept. No tags, no doors, no reasons. */
struct plain {
    uint32_t people;
    uint64_t *start;
    uint32_t *target;
    float *aa, *sum;
    uint32_t *touched;
};

static void plain_open(struct plain *p, uint32_t people, const struct suggest_lines *lines)
{
    p->people = people;
    p->start = memory_new((size_t)people + 2, sizeof *p->start);
    p->target = memory_new(2 * lines->count, sizeof *p->target);
    p->aa = memory_new(people, sizeof *p->aa);
    p->sum = memory_new(people, sizeof *p->sum);
    p->touched = memory_new((size_t)people + 1, sizeof *p->touched);
    for (uint64_t l = 0; l < lines->count; l++) {
        p->start[lines->a[l] + 2]++;
        p->start[lines->b[l] + 2]++;
    }
    for (uint32_t i = 0; i < people; i++)
        p->start[i + 2] += p->start[i + 1];
    for (uint64_t l = 0; l < lines->count; l++) {
        p->target[p->start[lines->a[l] + 1]++] = lines->b[l];
        p->target[p->start[lines->b[l] + 1]++] = lines->a[l];
    }
    for (uint32_t i = 0; i < people; i++) {
        uint64_t degree = p->start[i + 1] - p->start[i];
        p->aa[i] = degree > 1 ? 1.0f / logf((float)degree) : 0;
    }
}

static uint32_t plain_top(struct plain *p, uint32_t me, uint32_t *best)
{
    uint32_t touched = 0, found = 0;
    float weight[TOP];
    for (uint64_t i = p->start[me]; i < p->start[me + 1]; i++) {
        uint32_t friend = p->target[i];
        for (uint64_t j = p->start[friend]; j < p->start[friend + 1]; j++) {
            uint32_t who = p->target[j];
            if (p->sum[who] == 0)
                p->touched[touched++] = who;
            p->sum[who] += p->aa[friend];
        }
    }
    p->sum[me] = -1;
    for (uint64_t i = p->start[me]; i < p->start[me + 1]; i++)
        p->sum[p->target[i]] = -1;
    for (uint32_t i = 0; i < touched; i++) {
        float sum = p->sum[p->touched[i]];
        p->sum[p->touched[i]] = 0;
        if (sum < 0 || (found == TOP && sum <= weight[TOP - 1]))
            continue;
        uint32_t at = found < TOP ? found++ : TOP - 1;
        for (; at > 0 && weight[at - 1] < sum; at--) {
            weight[at] = weight[at - 1];
            best[at] = best[at - 1];
        }
        weight[at] = sum;
        best[at] = p->touched[i];
    }
    p->sum[me] = 0;
    for (uint64_t i = p->start[me]; i < p->start[me + 1]; i++)
        p->sum[p->target[i]] = 0;
    return found;
}

static void plain_close(struct plain *p)
{
    memory_free(p->start);
    memory_free(p->target);
    memory_free(p->aa);
    memory_free(p->sum);
    memory_free(p->touched);
}

struct city {
    const char *directory;
    unsigned threads;
    struct str people_text;
    struct suggest_crowd crowd;
    struct suggest_ties ties;
    struct suggest_place *place;
};

static void load(struct city *c, double *split)
{
    char path[1024];
    struct str lines;
    struct suggest_fault fault;
    double t0 = now();
    snprintf(path, sizeof path, "%s/people.csv", c->directory);
    if (!suggest_file_read(path, &c->people_text))
        exit(1);
    if (!suggest_read_people(c->people_text, c->threads, &c->crowd, &fault)) {
        fprintf(stderr, "%s\n", fault.what);
        exit(1);
    }
    double t1 = now();
    snprintf(path, sizeof path, "%s/lines.csv", c->directory);
    if (!suggest_file_read(path, &lines))
        exit(1);
    if (!suggest_read_lines(lines, c->threads, &c->crowd, &c->ties, &fault)) {
        fprintf(stderr, "%s\n", fault.what);
        exit(1);
    }
    memory_free((void *)lines.at);
    double t2 = now();
    struct suggest_settings settings = { .threads = c->threads };
    c->place = suggest_open(&c->crowd.people, &c->ties.lines, &settings);
    double t3 = now();
    split[0] = t1 - t0, split[1] = t2 - t1, split[2] = t3 - t2;
}

static void unload(struct city *c)
{
    suggest_close(c->place);
    suggest_ties_free(&c->ties);
    suggest_crowd_free(&c->crowd);
    memory_free((void *)c->people_text.at);
}

static void bench_load(struct city *c)
{
    double wall[TIMES], cpu[TIMES], split[3];
    for (int t = 0; t < TIMES; t++) {
        if (t)
            unload(c);
        double begun = now(), worked = work();
        load(c, split);
        wall[t] = now() - begun;
        cpu[t] = work() - worked;
    }
    printf("load: %.2f s (people %.2f, lines %.2f, place %.2f), %.2f s of processor; at most "
           "%ld MB so far, place %.0f MB\n",
           part_of(wall, TIMES, 0.5), split[0], split[1], split[2], part_of(cpu, TIMES, 0.5),
           most_memory(), (double)suggest_size(c->place) / 1e6);
}

static void bench_one(struct city *c)
{
    struct plain plain;
    plain_open(&plain, c->crowd.people.count, &c->ties.lines);
    struct suggest_scratch *scratch = suggest_scratch_new(c->place);
    struct random random;
    random_seed(&random, 5);
    double *ours = memory_new(ASKED, sizeof *ours), *theirs = memory_new(ASKED, sizeof *theirs);
    double sum_ours = 0, sum_theirs = 0;
    for (int i = 0; i < ASKED; i++) {
        uint32_t me, best[TOP];
        struct suggest_partner out[TOP];
        do
            me = random_below(&random, c->crowd.people.count);
        while (c->crowd.people.open[me] == 0);
        double t0 = now();
        suggest_list(c->place, scratch, me, TOP, out);
        double t1 = now();
        plain_top(&plain, me, best);
        double t2 = now();
        sum_ours += ours[i] = t1 - t0;
        sum_theirs += theirs[i] = t2 - t1;
    }
    printf("one person's top 10, cold: ours %.1f us median, %.1f us p99; plain two-hop %.1f us "
           "median, %.1f us p99; ratio of means %.2f\n",
           1e6 * part_of(ours, ASKED, 0.5), 1e6 * part_of(ours, ASKED, 0.99),
           1e6 * part_of(theirs, ASKED, 0.5), 1e6 * part_of(theirs, ASKED, 0.99),
           sum_theirs / sum_ours);
    memory_free(ours);
    memory_free(theirs);
    suggest_scratch_free(scratch);
    plain_close(&plain);
}

/* How good the lists are beside a look at everybody. */
static void bench_recall(struct city *c)
{
    struct suggest_scratch *scratch = suggest_scratch_new(c->place);
    struct random random;
    random_seed(&random, 6);
    double had = 0, weight = 0, best_weight = 0;
    int asked = 0;
    for (; asked < 40; asked++) {
        uint32_t me, top[TOP + 1] = { 0 };
        struct suggest_partner out[TOP];
        do
            me = random_below(&random, c->crowd.people.count);
        while (c->crowd.people.open[me] == 0);
        uint32_t found = suggest_list(c->place, scratch, me, TOP, out);
        for (uint32_t i = 0; i < c->crowd.people.count; i++) {
            uint32_t w = suggest_weight(c->place, me, i), at = TOP;
            for (; at > 0 && top[at - 1] < w; at--)
                top[at] = top[at - 1];
            top[at] = at < TOP ? w : 0;
        }
        for (uint32_t i = 0; i < found; i++) {
            weight += out[i].weight;
            had += out[i].weight >= top[TOP - 1];
        }
        for (int i = 0; i < TOP; i++)
            best_weight += top[i];
    }
    printf("beside a look at all %u: %.1f %% of the top 10 found, %.3f of its weight (%d asked)\n",
           c->crowd.people.count, 10.0 * had / asked, weight / best_weight, asked);
    suggest_scratch_free(scratch);
}

static void bench_all(struct city *c)
{
    double begun = now(), worked = work();
    struct suggest_lists lists;
    suggest_lists(c->place, TOP, c->threads, &lists);
    printf("everybody's top 10: %.2f s, %.2f s of processor; at most %ld MB\n", now() - begun,
           work() - worked, most_memory());
    suggest_lists_free(&lists);
}

static void describe(const struct suggest_round *r, const uint16_t *wanted, double bound)
{
    uint64_t given = 0, asked = 0;
    uint32_t *got = memory_new(r->people, sizeof *got), full = 0;
    for (uint32_t i = 0; i < r->people; i++) {
        given += r->got[i];
        asked += wanted[i];
        if (wanted[i] == 3)
            got[full++] = r->got[i];
    }
    printf("  total %.0f, %.4f of the bound, %.4f of the unfair one; share %u, below it %u, left "
           "out %u; %.4f of the places filled; Gini at 3: %.4f\n",
           (double)r->total / SUGGEST_UNIT, (double)r->total / bound,
           (double)r->total / (double)r->unfair, r->share, r->below, r->left_out,
           (double)given / (double)asked, suggest_gini(got, full));
    memory_free(got);
}

static void bench_round(struct city *c, uint32_t most)
{
    struct suggest_pairs pairs;
    double begun = now();
    suggest_pairs_of(c->place, 0, most, c->threads, &pairs);
    printf("pairs: %.1f million from lists of %u, made in %.2f s; at most %ld MB\n",
           (double)pairs.start[pairs.people] / 2e6, most, now() - begun, most_memory());
    uint16_t *wanted = memory_new(pairs.people, sizeof *wanted);
    suggest_wanted(c->place, 3, wanted);
    double bound = suggest_round_bound(&pairs, wanted, 4);
    for (int quick = 1; quick >= 0; quick--) {
        double wall[TIMES], cpu[TIMES];
        for (int t = 0; t < TIMES; t++) {
            struct suggest_round round;
            struct suggest_round_settings settings = { .threads = c->threads, .quick = quick };
            double t0 = now(), w0 = work();
            suggest_round_make(&pairs, wanted, &settings, &round);
            wall[t] = now() - t0;
            cpu[t] = work() - w0;
            if (t == TIMES - 1)
                describe(&round, wanted, bound);
            suggest_round_free(&round);
        }
        printf("introduction round%s: %.2f s, %.2f s of processor\n",
               quick ? ", b-suitor only" : "", part_of(wall, TIMES, 0.5), part_of(cpu, TIMES, 0.5));
    }
    memory_free(wanted);
    suggest_pairs_free(&pairs);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("use: suggest_bench DIRECTORY [THREADS]\n", stderr);
        return 2;
    }
    struct city c = { .directory = argv[1],
                      .threads = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 2 };
    setvbuf(stdout, NULL, _IOLBF, 0);
    bench_load(&c);
    bench_all(&c);
    bench_one(&c);
    bench_recall(&c);
    bench_round(&c, 15);
    unload(&c);
    return 0;
}
