/* Silhouette: how much closer somebody stands to their own group than to the next one. */
#include <math.h>

#include "base/memory.h"
#include "maths/opinions_groups.h"

enum { PARTS = 32 };

struct silhouettes {
    struct points sorted; /* by label, so that a group is one stretch */
    uint32_t k, start[MOST_GROUPS + 1];
    double people[MOST_GROUPS], sum[PARTS];
};

static double one(const struct silhouettes *s, uint32_t i, uint32_t group)
{
    double own = 0, other = INFINITY;
    for (uint32_t g = 0; g < s->k; g++) {
        double all = points_distance(&s->sorted, s->start[g], s->start[g + 1], s->sorted.x[i],
                                     s->sorted.y[i]);
        if (g == group) {
            double inside = s->sorted.spread
                                ? (double)s->sorted.spread[i] * ((double)s->sorted.weight[i] - 1)
                                : 0;
            own = s->people[g] > 1 ? (all + inside) / (s->people[g] - 1) : 0;
        } else if (s->people[g] > 0 && all / s->people[g] < other) {
            other = all / s->people[g];
        }
    }
    double larger = own > other ? own : other;
    if (s->people[group] <= 1 || larger <= 0 || isinf(other))
        return 0;
    return (other - own) / larger;
}

static void some(void *what, uint32_t part)
{
    struct silhouettes *s = what;
    uint32_t from = (uint32_t)((uint64_t)s->sorted.count * part / PARTS);
    uint32_t to = (uint32_t)((uint64_t)s->sorted.count * (part + 1) / PARTS);
    uint32_t group = 0;
    double sum = 0;
    for (uint32_t i = from; i < to; i++) {
        while (i >= s->start[group + 1])
            group++;
        sum += (double)s->sorted.weight[i] * one(s, i, group);
    }
    s->sum[part] = sum;
}

static void sort_by_label(struct silhouettes *s, const struct points *points, const int32_t *label)
{
    uint32_t next[MOST_GROUPS];
    for (uint32_t i = 0; i < points->count; i++)
        s->start[label[i] + 1]++;
    for (uint32_t g = 0; g < s->k; g++) {
        s->start[g + 1] += s->start[g];
        next[g] = s->start[g];
    }
    points_make(&s->sorted, points->count, points->spread != NULL);
    for (uint32_t i = 0; i < points->count; i++) {
        uint32_t to = next[label[i]]++;
        s->sorted.x[to] = points->x[i];
        s->sorted.y[to] = points->y[i];
        s->sorted.weight[to] = points->weight[i];
        s->people[label[i]] += (double)points->weight[i];
        if (points->spread)
            s->sorted.spread[to] = points->spread[i];
    }
}

double silhouette(const struct points *points, const int32_t *label, uint32_t k,
                  struct opinions_team *team)
{
    struct silhouettes s = { .k = k };
    double sum = 0, people = 0;
    sort_by_label(&s, points, label);
    opinions_team_run(team, PARTS, some, &s);
    for (uint32_t part = 0; part < PARTS; part++)
        sum += s.sum[part];
    for (uint32_t g = 0; g < k; g++)
        people += s.people[g];
    points_free(&s.sorted);
    return people > 0 ? sum / people : 0;
}
