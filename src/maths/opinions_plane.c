#include "maths/opinions_plane.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "maths/opinions_eigen.h"
#include "maths/random.h"

enum { WIDTH = PASS_WIDTH, MOST = EIGEN_MOST, KEPT = 2 * WIDTH, MOST_PASSES = 120, PATIENCE = 16 };
static const double noise = 3e-7;

/* A column is a run of `stride` doubles. image column b is the matrix times basis column b. */
struct search {
    size_t size, stride;
    int count; /* columns in use */
    double *basis, *image, *fresh, *spare;
    float *in, *out;
    double h[MOST * MOST], value[MOST], vectors[MOST * MOST];
    double best;
    int since_best;
};

typedef double four __attribute__((vector_size(32)));

void plane_make(struct plane *plane, uint32_t size)
{
    *plane = (struct plane){ .size = size };
    plane->block = memory_new((size_t)size * WIDTH, sizeof *plane->block);
}

static void search_free(struct search *s)
{
    if (!s)
        return;
    memory_free(s->basis);
    memory_free(s->image);
    memory_free(s->fresh);
    memory_free(s->spare);
    memory_free(s->in);
    memory_free(s->out);
    memory_free(s);
}

void plane_free(struct plane *plane)
{
    search_free(plane->search);
    memory_free(plane->block);
    *plane = (struct plane){ 0 };
}

/* Strides are multiples of four and the padding is zero. */
static double dot(const double *a, const double *b, size_t stride)
{
    four sum = { 0 };
    for (size_t j = 0; j < stride; j += 4) {
        four x, y;
        memcpy(&x, a + j, sizeof x);
        memcpy(&y, b + j, sizeof y);
        sum += x * y;
    }
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

static void add_times(double *restrict to, double times, const double *restrict from, size_t stride)
{
    for (size_t j = 0; j < stride; j++)
        to[j] += times * from[j];
}

static void scale(double *column, double times, size_t stride)
{
    for (size_t j = 0; j < stride; j++)
        column[j] *= times;
}

/* Takes the basis and the columns before it out of each fresh column, twice, which is enough
 * (Giraud and others, 2005). A column that vanishes becomes zero, which does no harm. */
static void orthogonalise(struct search *s)
{
    for (size_t v = 0; v < WIDTH; v++) {
        double *mine = s->fresh + v * s->stride;
        double before = dot(mine, mine, s->stride);
        for (int twice = 0; twice < 2; twice++) {
            for (size_t b = 0; b < (size_t)s->count; b++) {
                const double *with = s->basis + b * s->stride;
                add_times(mine, -dot(mine, with, s->stride), with, s->stride);
            }
            for (size_t u = 0; u < v; u++) {
                const double *with = s->fresh + u * s->stride;
                add_times(mine, -dot(mine, with, s->stride), with, s->stride);
            }
        }
        double length = dot(mine, mine, s->stride);
        bool there = length > 1e-22 * before && length > 1e-280;
        scale(mine, there ? 1 / sqrt(length) : 0, s->stride);
    }
}

/* Applies the matrix to the fresh block and adds both to the search. */
static void widen(struct search *s, plane_apply *apply, void *what)
{
    size_t old = (size_t)s->count;
    for (size_t v = 0; v < WIDTH; v++)
        for (size_t j = 0; j < s->size; j++)
            s->in[j * WIDTH + v] = (float)s->fresh[v * s->stride + j];
    apply(what, s->in, s->out);
    memcpy(s->basis + old * s->stride, s->fresh, WIDTH * s->stride * sizeof(double));
    for (size_t v = 0; v < WIDTH; v++)
        for (size_t j = 0; j < s->size; j++)
            s->fresh[v * s->stride + j] = (double)s->out[j * WIDTH + v];
    memcpy(s->image + old * s->stride, s->fresh, WIDTH * s->stride * sizeof(double));
    s->count += WIDTH;
    for (size_t v = 0; v < WIDTH; v++)
        for (size_t b = 0; b < (size_t)s->count; b++) {
            double h = dot(s->fresh + v * s->stride, s->basis + b * s->stride, s->stride);
            s->h[(old + v) * MOST + b] = s->h[b * MOST + old + v] = h;
        }
}

/* Ritz values and vectors; the residuals of the first four go to fresh. */
static void solve(struct search *s, double *residual)
{
    double a[MOST * MOST];
    memcpy(a, s->h, sizeof a);
    eigen_small(a, s->count, s->value, s->vectors);
    memset(s->fresh, 0, WIDTH * s->stride * sizeof(double));
    for (size_t v = 0; v < WIDTH; v++) {
        double *mine = s->fresh + v * s->stride;
        for (size_t b = 0; b < (size_t)s->count; b++) {
            double part = s->vectors[b * MOST + v];
            add_times(mine, part, s->image + b * s->stride, s->stride);
            add_times(mine, -part * s->value[v], s->basis + b * s->stride, s->stride);
        }
        residual[v] = sqrt(dot(mine, mine, s->stride));
    }
}

static bool good_enough(struct search *s, const double *residual, double angle)
{
    double worst = residual[0] > residual[1] ? residual[0] : residual[1];
    double gap = s->value[1] - s->value[2];
    if (worst <= angle * gap || worst <= noise * s->value[0])
        return true;
    if (s->best == 0 || worst < 0.7 * s->best) {
        s->best = worst;
        s->since_best = 0;
    }
    return ++s->since_best > PATIENCE; /* single precision has no more to give */
}

/* Columns 0 … keep - 1 become the best Ritz vectors (or their images). */
static void combine(struct search *s, double *columns, size_t keep)
{
    memset(s->spare, 0, keep * s->stride * sizeof(double));
    for (size_t v = 0; v < keep; v++)
        for (size_t b = 0; b < (size_t)s->count; b++)
            add_times(s->spare + v * s->stride, s->vectors[b * MOST + v], columns + b * s->stride,
                      s->stride);
    memcpy(columns, s->spare, keep * s->stride * sizeof(double));
}

static void thick_restart(struct search *s)
{
    combine(s, s->basis, KEPT);
    combine(s, s->image, KEPT);
    memset(s->h, 0, sizeof s->h);
    for (int v = 0; v < KEPT; v++)
        s->h[v * MOST + v] = s->value[v];
    s->count = KEPT;
}

static struct search *search_new(size_t size)
{
    struct search *s = memory_new(1, sizeof *s);
    s->size = size;
    s->stride = (size + 3) / 4 * 4;
    s->basis = memory_new(s->stride * MOST, sizeof(double));
    s->image = memory_new(s->stride * MOST, sizeof(double));
    s->fresh = memory_new(s->stride * WIDTH, sizeof(double));
    s->spare = memory_new(s->stride * KEPT, sizeof(double));
    s->in = memory_new(size * WIDTH, sizeof(float));
    s->out = memory_new(size * WIDTH, sizeof(float));
    return s;
}

static void begin(struct search *s, const struct plane *plane, uint64_t seed, bool warm)
{
    struct random random;
    random_seed(&random, seed);
    s->count = s->since_best = 0;
    s->best = 0;
    for (size_t j = 0; j < s->size; j++)
        for (size_t v = 0; v < WIDTH; v++)
            s->fresh[v * s->stride + j] =
                warm ? (double)plane->block[j * WIDTH + v] : random_unit(&random) - 0.5;
    orthogonalise(s);
}

static void end(struct search *s, struct plane *plane)
{
    combine(s, s->basis, WIDTH);
    for (size_t v = 0; v < WIDTH; v++)
        for (size_t j = 0; j < s->size; j++)
            plane->block[j * WIDTH + v] = (float)s->basis[v * s->stride + j];
    memcpy(plane->variance, s->value, sizeof plane->variance);
}

void plane_find(struct plane *plane, plane_apply *apply, void *what, struct plane_how how)
{
    double residual[WIDTH];
    if (plane->search && plane->search->size != plane->size) {
        search_free(plane->search);
        plane->search = NULL;
    }
    if (!plane->search)
        plane->search = search_new(plane->size);
    struct search *s = plane->search;
    begin(s, plane, how.seed, how.warm);
    for (plane->passes = 1;; plane->passes++) {
        widen(s, apply, what);
        if (how.warm || plane->passes >= 4) {
            solve(s, residual);
            if (good_enough(s, residual, how.angle) || plane->passes == MOST_PASSES)
                break;
            if (s->count + WIDTH > MOST)
                thick_restart(s);
        }
        orthogonalise(s);
    }
    end(s, plane);
}
