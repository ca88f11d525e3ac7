#include "maths/opinions_points.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

enum { BATCH = 64 }; /* groups of eight summed in float before they go to double */

typedef float eight __attribute__((vector_size(32)));
typedef int32_t eight_int __attribute__((vector_size(32)));

#define ALWAYS         static inline __attribute__((always_inline))
#define LOAD(to, from) memcpy(&(to), (from), sizeof(to))

void points_make(struct points *points, uint32_t count, bool with_spread)
{
    uint32_t padded = points_padded(count) + POINTS_LANES;
    points->count = count;
    points->x = memory_new(padded, sizeof(float));
    points->y = memory_new(padded, sizeof(float));
    points->weight = memory_new(padded, sizeof(float));
    points->spread = with_spread ? memory_new(padded, sizeof(float)) : NULL;
    for (uint32_t i = 0; i < count; i++)
        points->weight[i] = 1.0f;
}

void points_free(struct points *points)
{
    memory_free(points->x);
    memory_free(points->y);
    memory_free(points->weight);
    memory_free(points->spread);
    *points = (struct points){ 0 };
}

ALWAYS double add_lanes(const eight *lanes)
{
    const float *l = (const float *)lanes;
    double sum = 0;
    for (int i = 0; i < POINTS_LANES; i++)
        sum += (double)l[i];
    return sum;
}

/* One batch: points from … to, both multiples of eight. `k` is a constant where this is used. */
ALWAYS void nearest_batch(const struct points *p, const struct centres *at, uint32_t k,
                          uint32_t from, uint32_t to, int32_t *label, struct centre_sums *sums)
{
    eight sx[MOST_CENTRES] = { { 0 } }, sy[MOST_CENTRES] = { { 0 } };
    eight sw[MOST_CENTRES] = { { 0 } }, inertia = { 0 };
    eight_int changed = { 0 };
    for (uint32_t i = from; i < to; i += POINTS_LANES) {
        eight x, y, w, best;
        eight_int old, who = { 0 };
        LOAD(x, p->x + i);
        LOAD(y, p->y + i);
        LOAD(w, p->weight + i);
        LOAD(old, label + i);
        for (uint32_t c = 0; c < k; c++) {
            eight dx = x - at->x[c], dy = y - at->y[c], d = dx * dx + dy * dy;
            eight_int nearer = c == 0 ? (eight_int)(d == d) : (eight_int)(d < best);
            best = (eight)(((eight_int)d & nearer) | (c ? (eight_int)best & ~nearer : nearer & 0));
            who = (nearer & (int32_t)c) | (who & ~nearer);
        }
        inertia += best * w;
        changed -= (eight_int)(who != old);
        memcpy(label + i, &who, sizeof who);
        eight wx = w * x, wy = w * y;
        for (uint32_t c = 0; c < k; c++) {
            eight_int mine = (eight_int)(who == (int32_t)c);
            sx[c] += (eight)((eight_int)wx & mine);
            sy[c] += (eight)((eight_int)wy & mine);
            sw[c] += (eight)((eight_int)w & mine);
        }
    }
    for (uint32_t c = 0; c < k; c++) {
        sums->x[c] += add_lanes(&sx[c]);
        sums->y[c] += add_lanes(&sy[c]);
        sums->weight[c] += add_lanes(&sw[c]);
    }
    sums->inertia += add_lanes(&inertia);
    for (int l = 0; l < POINTS_LANES; l++)
        sums->changed += (uint32_t)changed[l];
}

ALWAYS void nearest_all(const struct points *p, const struct centres *at, uint32_t k,
                        int32_t *label, struct centre_sums *sums)
{
    uint32_t end = points_padded(p->count), step = BATCH * POINTS_LANES;
    memset(sums, 0, sizeof *sums);
    for (uint32_t from = 0; from < end; from += step) {
        uint32_t to = end - from < step ? end : from + step;
        nearest_batch(p, at, k, from, to, label, sums);
    }
}

#define NEAREST_BY_K                                                                               \
    switch (k) {                                                                                   \
    case 1:                                                                                        \
        nearest_all(p, at, 1, label, sums);                                                        \
        break;                                                                                     \
    case 2:                                                                                        \
        nearest_all(p, at, 2, label, sums);                                                        \
        break;                                                                                     \
    case 3:                                                                                        \
        nearest_all(p, at, 3, label, sums);                                                        \
        break;                                                                                     \
    case 4:                                                                                        \
        nearest_all(p, at, 4, label, sums);                                                        \
        break;                                                                                     \
    default:                                                                                       \
        nearest_all(p, at, 5, label, sums);                                                        \
        break;                                                                                     \
    }

void points_nearest_portable(const struct points *p, const struct centres *at, uint32_t k,
                             int32_t *label, struct centre_sums *sums){ NEAREST_BY_K }

/* Eight at a time; what does not fill eight at the end has its weight taken off. */
ALWAYS double distance_all(const struct points *p, uint32_t from, uint32_t to, float px, float py)
{
    double sum = 0;
    while (from < to) {
        eight lanes = { 0 };
        uint32_t stop = to - from > BATCH * POINTS_LANES ? from + BATCH * POINTS_LANES : to;
        for (; from < stop; from += POINTS_LANES) {
            eight x, y, w, d;
            LOAD(x, p->x + from);
            LOAD(y, p->y + from);
            LOAD(w, p->weight + from);
            eight dx = x - px, dy = y - py, square = dx * dx + dy * dy;
            float root[POINTS_LANES];
            memcpy(root, &square, sizeof root);
            for (int l = 0; l < POINTS_LANES; l++)
                root[l] = __builtin_sqrtf(root[l]);
            memcpy(&d, root, sizeof d);
            if (stop - from < POINTS_LANES)
                for (uint32_t l = stop - from; l < POINTS_LANES; l++)
                    w[l] = 0;
            lanes += d * w;
        }
        from = stop;
        sum += add_lanes(&lanes);
    }
    return sum;
}

double points_distance_portable(const struct points *p, uint32_t from, uint32_t to, float x,
                                float y)
{
    return distance_all(p, from, to, x, y);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void nearest_avx2(const struct points *p,
                                                         const struct centres *at, uint32_t k,
                                                         int32_t *label, struct centre_sums *sums)
{
    NEAREST_BY_K
}

__attribute__((target("avx2"))) static double distance_avx2(const struct points *p, uint32_t from,
                                                            uint32_t to, float x, float y)
{
    return distance_all(p, from, to, x, y);
}
#endif

void points_nearest(const struct points *p, const struct centres *at, uint32_t k, int32_t *label,
                    struct centre_sums *sums)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) {
        nearest_avx2(p, at, k, label, sums);
        return;
    }
#endif
    points_nearest_portable(p, at, k, label, sums);
}

double points_distance(const struct points *p, uint32_t from, uint32_t to, float x, float y)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2"))
        return distance_avx2(p, from, to, x, y);
#endif
    return points_distance_portable(p, from, to, x, y);
}
