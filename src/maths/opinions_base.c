/* Base clusters: the cells of a grid whose strips hold about equally many people.
 *
 * Far-away people would make even strips useless, so places are first squeezed into -1 … 1 by
 * t = x / (|x| + s), s the square of the mean root of |x| (which a few far out hardly move),
 * then counted in fine bins, and the bins shared out over strips by rank. */
#include <math.h>

#include "base/memory.h"
#include "maths/opinions_groups.h"

enum { BINS = 4096 };

struct strips {
    float squeeze; /* s above */
    uint8_t of[BINS];
};

static inline uint32_t bin_of(float x, float squeeze)
{
    float t = x / (fabsf(x) + squeeze);
    return (uint32_t)((t + 1.0f) * (BINS / 2 - 0.5f));
}

static void make_strips(const float *x, uint32_t count, uint32_t side, struct strips *strips)
{
    uint32_t *people = memory_new(BINS, sizeof *people);
    double root = 0, before = 0;
    for (uint32_t i = 0; i < count; i++)
        root += (double)sqrtf(fabsf(x[i]));
    root /= count;
    strips->squeeze = (float)(root * root) + 1e-20f;
    for (uint32_t i = 0; i < count; i++)
        people[bin_of(x[i], strips->squeeze)]++;
    for (uint32_t b = 0; b < BINS; b++) {
        uint32_t strip = (uint32_t)((before + people[b] / 2.0) * side / count);
        strips->of[b] = (uint8_t)(strip < side ? strip : side - 1);
        before += people[b];
    }
    memory_free(people);
}

struct cell {
    double x, y, square, people;
};

/* Centre and inner spread: for a round cloud with variance v in all, the mean distance between
 * two of it is sqrt(pi v / 2). */
static void fill(struct points *base, const struct cell *cells, uint32_t count)
{
    uint32_t used = 0;
    for (uint32_t c = 0; c < count; c++) {
        const struct cell *cell = &cells[c];
        if (cell->people <= 0)
            continue;
        double x = cell->x / cell->people, y = cell->y / cell->people;
        double variance = cell->square / cell->people - x * x - y * y;
        if (cell->people > 1)
            variance *= cell->people / (cell->people - 1);
        base->x[used] = (float)x;
        base->y[used] = (float)y;
        base->weight[used] = (float)cell->people;
        base->spread[used++] = (float)sqrt(1.5707963 * (variance > 0 ? variance : 0));
    }
    for (uint32_t c = used; c < count; c++)
        base->weight[c] = 0;
    base->count = used;
}

void base_clusters(const struct points *people, uint32_t side, struct points *base)
{
    struct strips across, along;
    struct cell *cells = memory_new((size_t)side * side, sizeof *cells);
    make_strips(people->x, people->count, side, &across);
    make_strips(people->y, people->count, side, &along);
    for (uint32_t i = 0; i < people->count; i++) {
        float x = people->x[i], y = people->y[i];
        uint32_t column = across.of[bin_of(x, across.squeeze)];
        struct cell *cell = &cells[column * side + along.of[bin_of(y, along.squeeze)]];
        cell->x += (double)x;
        cell->y += (double)y;
        cell->square += (double)x * (double)x + (double)y * (double)y;
        cell->people += 1;
    }
    points_make(base, side * side, true);
    fill(base, cells, side * side);
    memory_free(cells);
}
