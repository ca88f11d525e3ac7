/* suggest_bound.c - what no round can exceed, from the dual of the linear programme. */
#include "base/memory.h"
#include "maths/suggest_round.h"

#include <stdlib.h>

static int downwards(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x > y ? -1 : x < y;
}

/* The price of v for which the dual is least while the others keep theirs: anything between
 * the b-th and the (b+1)-th of what the pairs leave for v; the middle works best. */
static double best_price(const struct suggest_pairs *pairs, uint32_t v, const uint16_t *wanted,
                         const double *price, double *left)
{
    uint64_t count = 0;
    for (uint64_t i = pairs->start[v]; i < pairs->start[v + 1]; i++) {
        double over = (double)pairs->weight[i] - price[pairs->partner[i]];
        if (wanted[pairs->partner[i]] && over > 0)
            left[count++] = over;
    }
    qsort(left, count, sizeof *left, downwards);
    double upper = wanted[v] - 1u < count ? left[wanted[v] - 1] : 0;
    double lower = wanted[v] < count ? left[wanted[v]] : 0;
    return (upper + lower) / 2;
}

static double dual_value(const struct suggest_pairs *pairs, const uint16_t *wanted,
                         const double *price)
{
    double value = 0;
    for (uint32_t v = 0; v < pairs->people; v++) {
        value += wanted[v] * price[v];
        for (uint64_t i = pairs->start[v]; i < pairs->start[v + 1]; i++) {
            uint32_t u = pairs->partner[i];
            double over = (double)pairs->weight[i] - price[v] - price[u];
            if (u > v && wanted[u] && wanted[v] && over > 0)
                value += over;
        }
    }
    return value;
}

double suggest_round_bound(const struct suggest_pairs *pairs, const uint16_t *wanted,
                           unsigned sweeps)
{
    uint64_t longest = 1;
    double *price = memory_new(pairs->people, sizeof *price);
    for (uint32_t v = 0; v < pairs->people; v++) {
        uint64_t length = pairs->start[v + 1] - pairs->start[v];
        longest = length > longest ? length : longest;
        /* to begin with, half of the heaviest pair that v would have to do without */
        if (wanted[v] && length > wanted[v])
            price[v] = pairs->weight[pairs->start[v] + wanted[v]] / 2.0;
    }
    double *left = memory_new(longest, sizeof *left);
    double best = dual_value(pairs, wanted, price);
    for (unsigned sweep = 0; sweep < sweeps; sweep++) {
        for (uint32_t v = 0; v < pairs->people; v++)
            if (wanted[v])
                price[v] = best_price(pairs, v, wanted, price, left);
        double value = dual_value(pairs, wanted, price);
        best = value < best ? value : best;
    }
    memory_free(price);
    memory_free(left);
    return best;
}
