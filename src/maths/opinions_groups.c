#include "maths/opinions_groups.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "maths/random.h"

enum { MOST_ROUNDS = 300, FINALISTS = 3, MOST_SWEEPS = 50 };

struct attempt {
    struct centres centres;
    double inertia; /* INFINITY: a group stayed empty */
};

/* Attempts are [start][k]; finals are [k][finalist]. */
struct finding {
    const struct points *people, *base, *coarse; /* everybody, base clusters, coarser ones */
    const struct groups_settings *settings;
    uint32_t least, most;
    struct attempt *attempts;
    struct grouping *found; /* by k */
    struct grouping finals[(MOST_GROUPS + 1) * FINALISTS];
};

void grouping_free(struct grouping *grouping)
{
    memory_free(grouping->label);
    *grouping = (struct grouping){ 0 };
}

/* Distance² to the nearest centre so far, times weight; gives their sum. */
static double far_from_all(const struct points *p, const struct centres *at, uint32_t newest,
                           float *nearest)
{
    double sum = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        float dx = p->x[i] - at->x[newest], dy = p->y[i] - at->y[newest];
        float d = (dx * dx + dy * dy) * p->weight[i];
        if (newest == 0 || d < nearest[i])
            nearest[i] = d;
        sum += (double)nearest[i];
    }
    return sum;
}

/* k-means++: each next centre is a point, the likelier the further it is from those chosen.
 * The first k of five seeds are a fair draw of k, so one draw serves every k. */
static void draw_seeds(const struct points *p, struct random *random, uint32_t k,
                       struct centres *seeds, float *nearest)
{
    uint32_t chosen = random_below(random, p->count);
    for (uint32_t c = 0; c < k; c++) {
        seeds->x[c] = p->x[chosen];
        seeds->y[c] = p->y[chosen];
        double left = far_from_all(p, seeds, c, nearest) * random_unit(random);
        chosen = random_below(random, p->count);
        for (uint32_t i = 0; i < p->count && left >= 0; i++) {
            left -= (double)nearest[i];
            if (left < 0 && nearest[i] > 0)
                chosen = i;
        }
    }
}

static void lloyd(const struct points *points, struct grouping *g)
{
    struct centre_sums sums;
    memset(g->label, 0xff, (size_t)points_padded(points->count) * sizeof *g->label);
    for (int round = 0; round < MOST_ROUNDS; round++) {
        points_nearest(points, &g->centres, g->k, g->label, &sums);
        g->inertia = sums.inertia;
        if (sums.changed == 0)
            break;
        for (uint32_t c = 0; c < g->k; c++)
            if (sums.weight[c] > 0) {
                g->centres.x[c] = (float)(sums.x[c] / sums.weight[c]);
                g->centres.y[c] = (float)(sums.y[c] / sums.weight[c]);
            }
    }
    for (uint32_t c = 0; c < g->k; c++)
        if (sums.weight[c] <= 0)
            g->inertia = INFINITY;
}

struct exact {
    double x[MOST_GROUPS], y[MOST_GROUPS], people[MOST_GROUPS];
};

static double square_to(const struct points *p, uint32_t i, const struct exact *e, uint32_t c)
{
    double dx = (double)p->x[i] - e->x[c] / e->people[c];
    double dy = (double)p->y[i] - e->y[c] / e->people[c];
    return dx * dx + dy * dy;
}

static void add_up(const struct points *p, const struct grouping *g, struct exact *e)
{
    *e = (struct exact){ 0 };
    for (uint32_t i = 0; i < p->count; i++) {
        uint32_t c = (uint32_t)g->label[i];
        double w = (double)p->weight[i];
        e->x[c] += (double)p->x[i] * w;
        e->y[c] += (double)p->y[i] * w;
        e->people[c] += w;
    }
}

/* Moves person i to the group where the sum of squares shrinks most, if any. */
static bool better_place(const struct points *p, struct grouping *g, struct exact *e, uint32_t i)
{
    uint32_t own = (uint32_t)g->label[i], best = own;
    if (e->people[own] < 2)
        return false;
    double gain = square_to(p, i, e, own) * e->people[own] / (e->people[own] - 1);
    gain -= 1e-9 * (gain + 1e-30);
    for (uint32_t c = 0; c < g->k; c++) {
        double cost = square_to(p, i, e, c) * e->people[c] / (e->people[c] + 1);
        if (c != own && cost < gain) {
            gain = cost;
            best = c;
        }
    }
    if (best == own)
        return false;
    e->x[own] -= (double)p->x[i];
    e->y[own] -= (double)p->y[i];
    e->people[own] -= 1;
    e->x[best] += (double)p->x[i];
    e->y[best] += (double)p->y[i];
    e->people[best] += 1;
    g->label[i] = (int32_t)best;
    return true;
}

static void single_moves(const struct points *p, struct grouping *g)
{
    struct exact e;
    add_up(p, g, &e);
    bool moved = true;
    for (int sweep = 0; moved && sweep < MOST_SWEEPS; sweep++) {
        moved = false;
        for (uint32_t i = 0; i < p->count; i++)
            moved |= better_place(p, g, &e, i);
    }
}

/* Centres and inertia in double from the labels. */
static void measure(const struct points *p, struct grouping *g)
{
    struct exact e;
    add_up(p, g, &e);
    g->inertia = 0;
    for (uint32_t i = 0; i < p->count; i++)
        g->inertia += (double)p->weight[i] * square_to(p, i, &e, (uint32_t)g->label[i]);
    for (uint32_t c = 0; c < g->k; c++) {
        g->centres.x[c] = (float)(e.x[c] / e.people[c]);
        g->centres.y[c] = (float)(e.y[c] / e.people[c]);
    }
}

void groups_settle(const struct points *points, struct grouping *grouping)
{
    if (!grouping->label)
        grouping->label = memory_new(points_padded(points->count), sizeof(int32_t));
    lloyd(points, grouping);
    if (isinf(grouping->inertia))
        return;
    if (points->count <= GROUPS_EXACT && !points->spread) {
        single_moves(points, grouping);
        measure(points, grouping);
    }
}

static void one_start(void *what, uint32_t start)
{
    struct finding *f = what;
    const struct groups_settings *settings = f->settings;
    struct centres seeds = { 0 };
    struct grouping g = { .label = memory_new(points_padded(f->coarse->count), sizeof(int32_t)) };
    float *nearest = memory_new(f->coarse->count, sizeof *nearest);
    struct random random;
    random_split(&random, settings->seed, start);
    draw_seeds(f->coarse, &random, f->most, &seeds, nearest);
    for (g.k = f->least; g.k <= f->most; g.k++) {
        bool warm = settings->warm && start == 0 && g.k == settings->warm_k;
        g.centres = warm ? *settings->warm : seeds;
        lloyd(f->coarse, &g);
        f->attempts[(size_t)start * (MOST_GROUPS + 1) + g.k] =
            (struct attempt){ g.centres, g.inertia };
    }
    memory_free(nearest);
    memory_free(g.label);
}

/* The few best attempts for one k that are not the same answer again. */
static void choose_finalists(struct finding *f, uint32_t k)
{
    double above = -1;
    for (uint32_t n = 0; n < FINALISTS; n++) {
        const struct attempt *best = NULL;
        for (uint32_t s = 0; s < f->settings->starts; s++) {
            const struct attempt *a = &f->attempts[(size_t)s * (MOST_GROUPS + 1) + k];
            if (a->inertia > above && (!best || a->inertia < best->inertia))
                best = a;
        }
        if (!best || isinf(best->inertia))
            return;
        f->finals[k * FINALISTS + n] = (struct grouping){ .k = k, .centres = best->centres };
        above = best->inertia * (1 + 1e-5);
    }
}

static void one_final(void *what, uint32_t part)
{
    struct finding *f = what;
    struct grouping *g = &f->finals[f->least * FINALISTS + part];
    if (g->k)
        groups_settle(f->base, g);
}

/* From base clusters to everybody, for the best of each k. */
static void one_last(void *what, uint32_t part)
{
    struct finding *f = what;
    struct grouping *g = &f->found[f->least + part];
    memory_free(g->label);
    g->label = NULL;
    if (g->k)
        groups_settle(f->people, g);
}

static void keep_best(struct finding *f, uint32_t k, struct grouping *found)
{
    for (uint32_t n = 0; n < FINALISTS; n++) {
        struct grouping *g = &f->finals[k * FINALISTS + n];
        if (g->k && !isinf(g->inertia) && (!found->k || g->inertia < found->inertia)) {
            struct grouping worse = *found;
            *found = *g;
            *g = worse;
        }
        grouping_free(g);
    }
}

static double silhouette_of(const struct finding *f, const struct grouping *g,
                            struct opinions_team *team)
{
    if (f->base == f->people)
        return silhouette(f->people, g->label, g->k, team);
    struct centre_sums sums;
    int32_t *label = memory_new(points_padded(f->base->count), sizeof *label);
    points_nearest(f->base, &g->centres, g->k, label, &sums);
    double answer = silhouette(f->base, label, g->k, team);
    memory_free(label);
    return answer;
}

static uint32_t best_of_all(struct finding *f, struct opinions_team *team)
{
    uint32_t best = 0;
    for (uint32_t k = f->least; k <= f->most; k++) {
        struct grouping *g = &f->found[k];
        if (!g->k || isinf(g->inertia))
            continue;
        g->silhouette = silhouette_of(f, g, team);
        if (!best || g->silhouette > f->found[best].silhouette)
            best = k;
    }
    return best;
}

static void search(struct finding *f, struct opinions_team *team)
{
    uint32_t ks = f->most - f->least + 1;
    f->attempts = memory_new((size_t)f->settings->starts * (MOST_GROUPS + 1), sizeof *f->attempts);
    opinions_team_run(team, f->settings->starts, one_start, f);
    for (uint32_t k = f->least; k <= f->most; k++)
        choose_finalists(f, k);
    opinions_team_run(team, ks * FINALISTS, one_final, f);
    for (uint32_t k = f->least; k <= f->most; k++)
        keep_best(f, k, &f->found[k]);
    if (f->base != f->people)
        opinions_team_run(team, ks, one_last, f);
    memory_free(f->attempts);
}

uint32_t groups_find(const struct points *people, const struct groups_settings *settings,
                     struct grouping *found, struct opinions_team *team)
{
    struct points base = { 0 }, coarse = { 0 };
    struct finding f = { .people = people, .base = people, .coarse = people };
    f.settings = settings;
    f.found = found;
    f.least = settings->only_k ? settings->only_k : (uint32_t)LEAST_GROUPS;
    f.most = settings->only_k ? settings->only_k : (uint32_t)MOST_GROUPS;
    memset(found, 0, sizeof *found * (MOST_GROUPS + 1));
    if (people->count == 0 || settings->starts == 0)
        return 0;
    if (settings->side && people->count > settings->exact) {
        base_clusters(people, settings->side, &base);
        base_clusters(people, settings->side / 2 + 1, &coarse);
        f.base = &base;
        f.coarse = &coarse;
    }
    search(&f, team);
    uint32_t best = best_of_all(&f, team);
    points_free(&base);
    points_free(&coarse);
    return best;
}
