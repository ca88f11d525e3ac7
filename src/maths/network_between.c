#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "maths/graph.h"
#include "maths/network.h"
#include "maths/random.h"

/* Working memory of one member of the team. `ways` counts shortest ways from the source;
 * `share` is (1 + dependency) / ways, and 0 outside the level that is looked at, so that a
 * sum over somebody's lines needs no question about levels. */
struct walker {
    uint32_t *queue, *level_start; /* level_start: people + 1 at most */
    uint8_t *level;                /* modulo 255; neighbours differ by one at most */
    double *ways, *share;
    int64_t *sum, *squares;
};

struct between {
    const struct csr *graph;
    const uint32_t *source;
    struct walker walker[TEAM_MAX];
    double unit, square_unit; /* what 1.0 is in whole numbers */
};

enum { NOT_MET = 255 };

/* Breadth-first from one source; returns how many levels there are. */
static uint32_t outward(const struct csr *g, struct walker *w, uint32_t source)
{
    uint32_t levels = 0, met = 1, done = 0;
    memset(w->level, NOT_MET, g->rows);
    w->queue[0] = source;
    w->level[source] = 0;
    w->ways[source] = 1;
    for (; done < met; levels++) {
        uint32_t end = met;
        uint8_t next = (uint8_t)((levels + 1) % NOT_MET);
        w->level_start[levels] = done;
        for (; done < end; done++) {
            uint32_t person = w->queue[done];
            double ways = w->ways[person];
            for (uint64_t e = g->start[person]; e < g->start[person + 1]; e++) {
                uint32_t other = g->target[e];
                if (w->level[other] == NOT_MET) {
                    w->level[other] = next;
                    w->ways[other] = ways;
                    w->queue[met++] = other;
                } else if (w->level[other] == next) {
                    w->ways[other] += ways;
                }
            }
        }
    }
    w->level_start[levels] = met;
    return levels;
}

static void inward(const struct between *b, struct walker *w, uint32_t levels)
{
    const struct csr *g = b->graph;
    double people = (double)g->rows;
    for (uint32_t level = levels; level-- > 1;) {
        uint32_t first = w->level_start[level], end = w->level_start[level + 1];
        uint32_t beyond = level + 1 < levels ? w->level_start[level + 2] : end;
        for (uint32_t i = first; i < end; i++) {
            uint32_t person = w->queue[i];
            double sum = 0;
            for (uint64_t e = g->start[person]; e < g->start[person + 1]; e++)
                sum += w->share[g->target[e]];
            double depends = sum * w->ways[person];
            w->sum[person] += llrint(depends * b->unit);
            w->squares[person] += llrint(depends / people * (depends / people) * b->square_unit);
            w->ways[person] = (1 + depends) / w->ways[person]; /* waits there for its turn */
        }
        for (uint32_t i = end; i < beyond; i++)
            w->share[w->queue[i]] = 0;
        for (uint32_t i = first; i < end; i++)
            w->share[w->queue[i]] = w->ways[w->queue[i]];
    }
    uint32_t last = levels > 1 ? w->level_start[2] : 0;
    for (uint32_t i = 1; i < last; i++)
        w->share[w->queue[i]] = 0;
}

static void walk(void *data, uint32_t part, int member)
{
    struct between *b = data;
    struct walker *w = &b->walker[member];
    inward(b, w, outward(b->graph, w, b->source[part]));
}

static void open_walker(struct walker *w, uint32_t people)
{
    w->queue = graph_room(people, sizeof *w->queue);
    w->level_start = memory_grow(NULL, (size_t)people + 2, sizeof *w->level_start);
    w->level = graph_room(people, 1);
    w->ways = graph_room(people, sizeof *w->ways);
    w->share = graph_zeros(people, sizeof *w->share);
    w->sum = graph_zeros(people, sizeof *w->sum);
    w->squares = graph_zeros(people, sizeof *w->squares);
}

static void close_walker(struct walker *w)
{
    memory_free(w->queue);
    memory_free(w->level_start);
    memory_free(w->level);
    memory_free(w->ways);
    memory_free(w->share);
    memory_free(w->sum);
    memory_free(w->squares);
}

/* The first `samples` of a shuffled list of everybody. */
static uint32_t *draw(uint32_t people, uint32_t samples, uint64_t seed)
{
    struct random r;
    random_seed(&r, seed);
    uint32_t *list = memory_grow(NULL, people, sizeof *list);
    for (uint32_t i = 0; i < people; i++)
        list[i] = i;
    for (uint32_t i = 0; i < samples && samples < people; i++) {
        uint32_t j = i + random_below(&r, people - i), swap = list[j];
        list[j] = list[i];
        list[i] = swap;
    }
    return list;
}

static void estimate(const struct between *b, uint32_t samples, int members, double *score,
                     double *error)
{
    double people = (double)b->graph->rows, count = (double)samples;
    for (uint32_t v = 0; v < b->graph->rows; v++) {
        int64_t sum = 0, squares = 0;
        for (int m = 0; m < members; m++) {
            sum += b->walker[m].sum[v];
            squares += b->walker[m].squares[v];
        }
        double mean = (double)sum / b->unit / count;
        double square = (double)squares / b->square_unit / count * people * people;
        double variance = count > 1 ? (square - mean * mean) * count / (count - 1) : INFINITY;
        double rest = people > 1 ? (people - count) / (people - 1) : 0; /* no doubles drawn */
        score[v] = mean * people / 2;
        error[v] = rest > 0 ? people / 2 * sqrt(fmax(variance, 0) / count * rest) : 0;
    }
}

void network_between(const struct csr *graph, uint32_t samples, uint64_t seed, double *score,
                     double *error, struct team *team)
{
    uint32_t people = graph->rows;
    if (people == 0)
        return;
    if (samples == 0 || samples > people)
        samples = people;
    struct between b = { .graph = graph };
    b.unit = ldexp(1, 62 - ilogb(people) - ilogb(samples) - 2);
    b.square_unit = ldexp(1, 62 - ilogb(samples) - 1);
    uint32_t *source = draw(people, samples, seed);
    b.source = source;
    for (int i = 0; i < team_size(team); i++)
        open_walker(&b.walker[i], people);
    team_do(team, samples, walk, &b);
    estimate(&b, samples, team_size(team), score, error);
    for (int i = 0; i < team_size(team); i++)
        close_walker(&b.walker[i]);
    memory_free(source);
}
