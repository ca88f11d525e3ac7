#include <math.h>

#include "base/memory.h"
#include "maths/graph.h"
#include "maths/network.h"
#include "maths/network_lanes.h"
#include "maths/random.h"

struct walker {
    struct lanes lanes;
    int64_t *sum, *squares;
    const struct between *of;
};

struct between {
    const struct csr *graph;
    const uint32_t *source;
    uint32_t samples;
    struct walker walker[TEAM_MAX];
    double people, unit, square_unit; /* the units: what 1.0 is in whole numbers */
};

static void add(void *data, uint32_t person, uint32_t lane, double dependency)
{
    (void)lane;
    struct walker *w = data;
    double part = dependency / w->of->people;
    w->sum[person] += (int64_t)(dependency * w->of->unit + 0.5);
    w->squares[person] += (int64_t)(part * part * w->of->square_unit + 0.5);
}

static void walk(void *data, uint32_t part, int member)
{
    struct between *b = data;
    uint32_t first = part * LANES, left = b->samples - first;
    lanes_walk(&b->walker[member].lanes, b->source + first, left < LANES ? left : LANES, add,
               &b->walker[member]);
}

static void open_walker(struct walker *w, const struct between *b, bool portable)
{
    lanes_open(&w->lanes, b->graph, portable);
    w->sum = graph_zeros(b->graph->rows, sizeof *w->sum);
    w->squares = graph_zeros(b->graph->rows, sizeof *w->squares);
    w->of = b;
}

static void close_walker(struct walker *w)
{
    lanes_close(&w->lanes);
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

static void between(const struct csr *graph, uint32_t samples, uint64_t seed, double *score,
                    double *error, struct team *team, bool portable)
{
    uint32_t people = graph->rows;
    if (people == 0)
        return;
    if (samples == 0 || samples > people)
        samples = people;
    struct between b = { .graph = graph, .samples = samples, .people = people };
    b.unit = ldexp(1, 62 - ilogb(people) - ilogb(samples) - 2);
    b.square_unit = ldexp(1, 62 - ilogb(samples) - 1);
    uint32_t *source = draw(people, samples, seed);
    b.source = source;
    for (int i = 0; i < team_size(team); i++)
        open_walker(&b.walker[i], &b, portable);
    team_do(team, (samples + LANES - 1) / LANES, walk, &b);
    estimate(&b, samples, team_size(team), score, error);
    for (int i = 0; i < team_size(team); i++)
        close_walker(&b.walker[i]);
    memory_free(source);
}

void network_between(const struct csr *graph, uint32_t samples, uint64_t seed, double *score,
                     double *error, struct team *team)
{
    between(graph, samples, seed, score, error, team, false);
}

void network_between_portable(const struct csr *graph, uint32_t samples, uint64_t seed,
                              double *score, double *error, struct team *team)
{
    between(graph, samples, seed, score, error, team, true);
}
