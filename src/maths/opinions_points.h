/* maths/opinions_points.h - weighted points on the map, and the two loops over all of them.
 *
 * Arrays are padded with points of weight 0 to a multiple of POINTS_LANES, so that eight go
 * at a time. The AVX2 and the portable form add in the same order and give the same bits. */
#ifndef NABIJ_MATHS_OPINIONS_POINTS_H
#define NABIJ_MATHS_OPINIONS_POINTS_H

#include <stdbool.h>
#include <stdint.h>

enum { POINTS_LANES = 8, MOST_CENTRES = 5 };

struct points {
    uint32_t count; /* real points, before the padding */
    float *x, *y, *weight;
    float *spread; /* mean distance between two people inside this point; NULL: points are people */
};

/* `with_spread`: points stand for several people each. */
void points_make(struct points *points, uint32_t count, bool with_spread);
void points_free(struct points *points);

struct centres {
    float x[MOST_CENTRES], y[MOST_CENTRES];
};

struct centre_sums {
    double x[MOST_CENTRES], y[MOST_CENTRES], weight[MOST_CENTRES];
    double inertia;   /* sum of weight * squared distance to the nearest centre */
    uint32_t changed; /* points whose label is another than before */
};

/* Labels every point (padding too: label[] has its length) with its nearest of k centres, the
 * lowest number on a tie, and adds up what the next centres need. k is 1 … MOST_CENTRES. */
void points_nearest(const struct points *points, const struct centres *centres, uint32_t k,
                    int32_t *label, struct centre_sums *sums);

/* The sum of weight * distance from (x, y) to the points from … to - 1. */
double points_distance(const struct points *points, uint32_t from, uint32_t to, float x, float y);

/* For tests: the portable twin even where AVX2 is there. */
void points_nearest_portable(const struct points *points, const struct centres *centres, uint32_t k,
                             int32_t *label, struct centre_sums *sums);
double points_distance_portable(const struct points *points, uint32_t from, uint32_t to, float x,
                                float y);

static inline uint32_t points_padded(uint32_t count)
{
    return (count + POINTS_LANES - 1) / POINTS_LANES * POINTS_LANES;
}

#endif
