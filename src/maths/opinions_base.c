/* Base clusters: neighbours on the map, halved and halved again at the median. */
#include <math.h>

#include "base/memory.h"
#include "maths/opinions_groups.h"

enum { SERIAL_LEVELS = 3 };

struct halving {
    const struct points *people;
    uint32_t *who; /* people in the order of the leaves */
    uint32_t leaves;
    struct points *base;
    uint32_t *member;
};

/* Leaf l of n leaves over count people starts here. */
static uint32_t leaf_start(const struct halving *h, uint32_t leaf)
{
    return (uint32_t)((uint64_t)h->people->count * leaf / h->leaves);
}

static const float *longer_side(const struct points *p, const uint32_t *who, uint32_t count)
{
    float low_x = INFINITY, high_x = -INFINITY, low_y = INFINITY, high_y = -INFINITY;
    for (uint32_t i = 0; i < count; i++) {
        float x = p->x[who[i]], y = p->y[who[i]];
        low_x = x < low_x ? x : low_x;
        high_x = x > high_x ? x : high_x;
        low_y = y < low_y ? y : low_y;
        high_y = y > high_y ? y : high_y;
    }
    return high_x - low_x >= high_y - low_y ? p->x : p->y;
}

/* Hoare's selection: afterwards the `nth` lowest by `by` stand in front. */
static void select_lowest(uint32_t *who, uint32_t count, uint32_t nth, const float *by)
{
    int64_t left = 0, right = (int64_t)count - 1;
    while (left < right) {
        float a = by[who[left]], b = by[who[(left + right) / 2]], c = by[who[right]];
        float pivot = a < b ? (b < c ? b : (a < c ? c : a)) : (a < c ? a : (b < c ? c : b));
        int64_t i = left, j = right;
        while (i <= j) {
            while (by[who[i]] < pivot)
                i++;
            while (by[who[j]] > pivot)
                j--;
            if (i <= j) {
                uint32_t kept = who[i];
                who[i++] = who[j];
                who[j--] = kept;
            }
        }
        if ((int64_t)nth <= j)
            right = j;
        else if ((int64_t)nth >= i)
            left = i;
        else
            return;
    }
}

static void halve(struct halving *h, uint32_t from, uint32_t to, uint32_t stop)
{
    if (to - from <= stop)
        return;
    uint32_t start = leaf_start(h, from), count = leaf_start(h, to) - start;
    uint32_t middle = (from + to) / 2, front = leaf_start(h, middle) - start;
    if (front > 0 && front < count) {
        const float *by = longer_side(h->people, h->who + start, count);
        select_lowest(h->who + start, count, front, by);
    }
    halve(h, from, middle, stop);
    halve(h, middle, to, stop);
}

/* Centre and inner spread: for a round cloud with variance v in all, the mean distance between
 * two of it is sqrt(pi v / 2). */
static void fill_leaf(struct halving *h, uint32_t leaf)
{
    uint32_t start = leaf_start(h, leaf), end = leaf_start(h, leaf + 1);
    double sx = 0, sy = 0, spread = 0, n = end - start;
    for (uint32_t i = start; i < end; i++) {
        h->member[h->who[i]] = leaf;
        sx += (double)h->people->x[h->who[i]];
        sy += (double)h->people->y[h->who[i]];
    }
    for (uint32_t i = start; i < end; i++) {
        double dx = (double)h->people->x[h->who[i]] - sx / n;
        double dy = (double)h->people->y[h->who[i]] - sy / n;
        spread += dx * dx + dy * dy;
    }
    h->base->x[leaf] = n > 0 ? (float)(sx / n) : 0.0f;
    h->base->y[leaf] = n > 0 ? (float)(sy / n) : 0.0f;
    h->base->weight[leaf] = (float)n;
    h->base->spread[leaf] = n > 1 ? (float)sqrt(1.5707963 * spread / (n - 1)) : 0.0f;
}

static void one_branch(void *what, uint32_t part)
{
    struct halving *h = what;
    uint32_t step = h->leaves >> SERIAL_LEVELS;
    halve(h, part * step, (part + 1) * step, 1);
    for (uint32_t leaf = part * step; leaf < (part + 1) * step; leaf++)
        fill_leaf(h, leaf);
}

void base_clusters(const struct points *people, uint32_t wanted, struct points *base,
                   uint32_t *member, struct team *team)
{
    struct halving h = { .people = people, .leaves = wanted, .base = base, .member = member };
    points_make(base, wanted, true);
    h.who = memory_new(people->count, sizeof *h.who);
    for (uint32_t i = 0; i < people->count; i++)
        h.who[i] = i;
    halve(&h, 0, wanted, wanted >> SERIAL_LEVELS);
    team_run(team, 1u << SERIAL_LEVELS, one_branch, &h);
    memory_free(h.who);
}
