#include "maths/opinions_plane.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "maths/opinions_eigen.h"
#include "maths/random.h"

enum { WIDTH = PASS_WIDTH, MOST = EIGEN_MOST, KEPT = 2 * WIDTH, MOST_PASSES = 120, PATIENCE = 8 };
static const double angle = 1e-4, noise = 3e-7;

/* basis and image are [size][MOST]: column b of image is the matrix times column b of basis. */
struct search {
    uint32_t size;
    int count; /* columns in use */
    double *basis, *image, *fresh;
    float *in, *out;
    double h[MOST * MOST], value[MOST], vectors[MOST * MOST];
    double best;
    int since_best;
};

void plane_make(struct plane *plane, uint32_t size)
{
    *plane = (struct plane){ .size = size };
    plane->block = memory_new((size_t)size * WIDTH, sizeof *plane->block);
}

void plane_free(struct plane *plane)
{
    memory_free(plane->block);
    *plane = (struct plane){ 0 };
}

/* dots[v][b] = column v of fresh · column b of `with`. */
static void dots_with(const struct search *s, const double *with, int count, double *dots)
{
    memset(dots, 0, sizeof(double) * WIDTH * MOST);
    for (size_t j = 0; j < s->size; j++)
        for (int v = 0; v < WIDTH; v++) {
            double mine = s->fresh[j * WIDTH + (size_t)v];
            for (int b = 0; b < count; b++)
                dots[v * MOST + b] += mine * with[j * MOST + (size_t)b];
        }
}

static void take_out_basis(struct search *s)
{
    double dots[WIDTH * MOST];
    dots_with(s, s->basis, s->count, dots);
    for (size_t j = 0; j < s->size; j++)
        for (int v = 0; v < WIDTH; v++) {
            double sum = 0;
            for (int b = 0; b < s->count; b++)
                sum += dots[v * MOST + b] * s->basis[j * MOST + (size_t)b];
            s->fresh[j * WIDTH + (size_t)v] -= sum;
        }
}

/* Gram-Schmidt within the block; a column that vanishes becomes zero, which does no harm. */
static void make_orthonormal(struct search *s)
{
    for (size_t v = 0; v < WIDTH; v++) {
        double before = 0, length = 0;
        for (size_t j = 0; j < s->size; j++)
            before += s->fresh[j * WIDTH + v] * s->fresh[j * WIDTH + v];
        for (size_t u = 0; u < v; u++) {
            double dot = 0;
            for (size_t j = 0; j < s->size; j++)
                dot += s->fresh[j * WIDTH + u] * s->fresh[j * WIDTH + v];
            for (size_t j = 0; j < s->size; j++)
                s->fresh[j * WIDTH + v] -= dot * s->fresh[j * WIDTH + u];
        }
        for (size_t j = 0; j < s->size; j++)
            length += s->fresh[j * WIDTH + v] * s->fresh[j * WIDTH + v];
        double scale = length > 1e-20 * before && length > 1e-280 ? 1 / sqrt(length) : 0;
        for (size_t j = 0; j < s->size; j++)
            s->fresh[j * WIDTH + v] *= scale;
    }
}

static void orthogonalise(struct search *s)
{
    make_orthonormal(s);
    take_out_basis(s);
    make_orthonormal(s);
    take_out_basis(s); /* twice is enough (Giraud and others, 2005) */
    make_orthonormal(s);
}

/* Applies the matrix to the fresh block and adds both to the search. */
static void widen(struct search *s, plane_apply *apply, void *what)
{
    double dots[WIDTH * MOST];
    for (size_t i = 0; i < (size_t)s->size * WIDTH; i++)
        s->in[i] = (float)s->fresh[i];
    apply(what, s->in, s->out);
    for (size_t j = 0; j < s->size; j++)
        for (size_t v = 0; v < WIDTH; v++) {
            s->basis[j * MOST + (size_t)s->count + v] = s->fresh[j * WIDTH + v];
            s->image[j * MOST + (size_t)s->count + v] = s->out[j * WIDTH + v];
            s->fresh[j * WIDTH + v] = s->out[j * WIDTH + v];
        }
    s->count += WIDTH;
    dots_with(s, s->basis, s->count, dots);
    for (int v = 0; v < WIDTH; v++)
        for (int b = 0; b < s->count; b++) {
            int mine = s->count - WIDTH + v;
            s->h[mine * MOST + b] = s->h[b * MOST + mine] = dots[v * MOST + b];
        }
}

/* Ritz values and vectors; the residuals of the first four go to fresh. */
static void solve(struct search *s, double *residual)
{
    double a[MOST * MOST];
    memcpy(a, s->h, sizeof a);
    eigen_small(a, s->count, s->value, s->vectors);
    memset(residual, 0, sizeof(double) * WIDTH);
    for (size_t j = 0; j < s->size; j++) {
        double sum[WIDTH] = { 0 };
        for (int b = 0; b < s->count; b++) {
            double image = s->image[j * MOST + (size_t)b], basis = s->basis[j * MOST + (size_t)b];
            for (int v = 0; v < WIDTH; v++)
                sum[v] += (image - s->value[v] * basis) * s->vectors[b * MOST + v];
        }
        for (int v = 0; v < WIDTH; v++) {
            s->fresh[j * WIDTH + (size_t)v] = sum[v];
            residual[v] += sum[v] * sum[v];
        }
    }
}

static bool good_enough(struct search *s, const double *residual)
{
    double worst = sqrt(residual[0] > residual[1] ? residual[0] : residual[1]);
    double gap = s->value[1] - s->value[2];
    if (worst <= angle * gap || worst <= noise * s->value[0])
        return true;
    if (s->best == 0 || worst < 0.7 * s->best) {
        s->best = worst;
        s->since_best = 0;
    }
    return ++s->since_best > PATIENCE + MOST / WIDTH;
}

/* Columns 0 … keep - 1 become the best Ritz vectors. */
static void restart(struct search *s, double *columns, int keep)
{
    for (size_t j = 0; j < s->size; j++) {
        double row[MOST] = { 0 };
        for (int b = 0; b < s->count; b++)
            for (int v = 0; v < keep; v++)
                row[v] += columns[j * MOST + (size_t)b] * s->vectors[b * MOST + v];
        memcpy(columns + j * MOST, row, sizeof(double) * (size_t)keep);
    }
}

static void thick_restart(struct search *s)
{
    restart(s, s->basis, KEPT);
    restart(s, s->image, KEPT);
    memset(s->h, 0, sizeof s->h);
    for (int v = 0; v < KEPT; v++)
        s->h[v * MOST + v] = s->value[v];
    s->count = KEPT;
}

static void begin(struct search *s, const struct plane *plane, uint64_t seed, bool warm)
{
    struct random random;
    size_t size = plane->size;
    random_seed(&random, seed);
    s->size = plane->size;
    s->basis = memory_new(size * MOST, sizeof(double));
    s->image = memory_new(size * MOST, sizeof(double));
    s->fresh = memory_new(size * WIDTH, sizeof(double));
    s->in = memory_new(size * WIDTH, sizeof(float));
    s->out = memory_new(size * WIDTH, sizeof(float));
    for (size_t i = 0; i < size * WIDTH; i++)
        s->fresh[i] = warm ? (double)plane->block[i] : random_unit(&random) - 0.5;
    make_orthonormal(s);
}

static void end(struct search *s, struct plane *plane)
{
    restart(s, s->basis, WIDTH);
    for (size_t j = 0; j < s->size; j++)
        for (size_t v = 0; v < WIDTH; v++)
            plane->block[j * WIDTH + v] = (float)s->basis[j * MOST + v];
    memcpy(plane->variance, s->value, sizeof plane->variance);
    memory_free(s->basis);
    memory_free(s->image);
    memory_free(s->fresh);
    memory_free(s->in);
    memory_free(s->out);
}

void plane_find(struct plane *plane, plane_apply *apply, void *what, uint64_t seed, bool warm)
{
    struct search *s = memory_new(1, sizeof *s);
    double residual[WIDTH];
    begin(s, plane, seed, warm);
    for (plane->passes = 1;; plane->passes++) {
        widen(s, apply, what);
        if (warm || plane->passes >= 3) {
            solve(s, residual);
            if (good_enough(s, residual) || plane->passes == MOST_PASSES)
                break;
            if (s->count + WIDTH > MOST)
                thick_restart(s);
        }
        orthogonalise(s);
    }
    end(s, plane);
    memory_free(s);
}
