#include "maths/network_layout.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "maths/random.h"

enum { ROUNDS = 400, ALL_PAIRS = 700 };

struct drawing {
    const struct csr *graph;
    const uint32_t *group;
    uint32_t people, cells; /* cells a side */
    double *x, *y, *dx, *dy;
    double *group_x, *group_y;
    uint32_t *group_size;
    uint32_t *cell_first, *cell_member;
    double ideal; /* distance of two who have a line */
    double sight; /* who is farther away than this does not push, squared */
};

static uint32_t cell_of(const struct drawing *d, uint32_t v)
{
    double side = d->cells;
    uint32_t column = (uint32_t)fmin(fmax(d->x[v] * side, 0), side - 1);
    uint32_t row = (uint32_t)fmin(fmax(d->y[v] * side, 0), side - 1);
    return row * d->cells + column;
}

static void fill_cells(struct drawing *d)
{
    uint32_t cells = d->cells * d->cells;
    memset(d->cell_first, 0, ((size_t)cells + 2) * sizeof *d->cell_first);
    for (uint32_t v = 0; v < d->people; v++)
        d->cell_first[cell_of(d, v) + 2]++;
    for (uint32_t c = 0; c < cells; c++)
        d->cell_first[c + 2] += d->cell_first[c + 1];
    for (uint32_t v = 0; v < d->people; v++)
        d->cell_member[d->cell_first[cell_of(d, v) + 1]++] = v;
}

static void keep_apart(struct drawing *d, uint32_t v, uint32_t cell)
{
    for (uint32_t i = d->cell_first[cell]; i < d->cell_first[cell + 1]; i++) {
        uint32_t w = d->cell_member[i];
        double dx = d->x[v] - d->x[w], dy = d->y[v] - d->y[w];
        double square = dx * dx + dy * dy + 1e-9;
        if (w == v || square > d->sight)
            continue;
        d->dx[v] += dx / square * d->ideal * d->ideal;
        d->dy[v] += dy / square * d->ideal * d->ideal;
    }
}

static void push(struct drawing *d)
{
    for (uint32_t v = 0; v < d->people; v++) {
        uint32_t cell = cell_of(d, v), row = cell / d->cells, column = cell % d->cells;
        for (uint32_t r = row - (row > 0); r <= row + 1 && r < d->cells; r++)
            for (uint32_t c = column - (column > 0); c <= column + 1 && c < d->cells; c++)
                keep_apart(d, v, r * d->cells + c);
    }
}

static void pull(struct drawing *d)
{
    const struct csr *g = d->graph;
    for (uint32_t v = 0; v < d->people; v++) {
        double share = 1 / sqrt((double)(g->start[v + 1] - g->start[v]) + 1);
        for (uint64_t e = g->start[v]; e < g->start[v + 1]; e++) {
            uint32_t w = g->target[e];
            double dx = d->x[w] - d->x[v], dy = d->y[w] - d->y[v];
            double force = sqrt(dx * dx + dy * dy) / d->ideal * share;
            if (g->value)
                force *= g->value[e];
            d->dx[v] += dx * force;
            d->dy[v] += dy * force;
        }
        d->dx[v] += (0.5 - d->x[v]) * 0.12;
        d->dy[v] += (0.5 - d->y[v]) * 0.12;
    }
}

static void gather(struct drawing *d)
{
    if (!d->group)
        return;
    memset(d->group_x, 0, d->people * sizeof *d->group_x);
    memset(d->group_y, 0, d->people * sizeof *d->group_y);
    memset(d->group_size, 0, d->people * sizeof *d->group_size);
    for (uint32_t v = 0; v < d->people; v++) {
        d->group_x[d->group[v]] += d->x[v];
        d->group_y[d->group[v]] += d->y[v];
        d->group_size[d->group[v]]++;
    }
    for (uint32_t v = 0; v < d->people; v++) {
        uint32_t g = d->group[v];
        d->dx[v] += (d->group_x[g] / d->group_size[g] - d->x[v]) * 0.25;
        d->dy[v] += (d->group_y[g] / d->group_size[g] - d->y[v]) * 0.25;
    }
}

static void step(struct drawing *d, double farthest)
{
    memset(d->dx, 0, d->people * sizeof *d->dx);
    memset(d->dy, 0, d->people * sizeof *d->dy);
    fill_cells(d);
    push(d);
    pull(d);
    gather(d);
    for (uint32_t v = 0; v < d->people; v++) {
        double length = sqrt(d->dx[v] * d->dx[v] + d->dy[v] * d->dy[v]) + 1e-12;
        double go = fmin(length, farthest) / length;
        d->x[v] += d->dx[v] * go;
        d->y[v] += d->dy[v] * go;
    }
}

/* Fills the unit square as far as it can without stretching one way. */
static void fit(struct drawing *d)
{
    double left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY;
    for (uint32_t v = 0; v < d->people; v++) {
        left = fmin(left, d->x[v]);
        right = fmax(right, d->x[v]);
        top = fmin(top, d->y[v]);
        bottom = fmax(bottom, d->y[v]);
    }
    double size = fmax(fmax(right - left, bottom - top), 1e-9);
    for (uint32_t v = 0; v < d->people; v++) {
        d->x[v] = 0.5 + (d->x[v] - (left + right) / 2) / size;
        d->y[v] = 0.5 + (d->y[v] - (top + bottom) / 2) / size;
    }
}

/* Groups begin on a sunflower, people near their group. */
static void begin(struct drawing *d, uint64_t seed)
{
    struct random r;
    random_seed(&r, seed);
    for (uint32_t v = 0; v < d->people; v++) {
        double g = d->group ? d->group[v] : v, around = g * 2.399963229728653;
        double out = 0.45 * sqrt((g + 0.5) / (g + 8));
        d->x[v] = 0.5 + out * cos(around) + 0.05 * (random_unit(&r) - 0.5);
        d->y[v] = 0.5 + out * sin(around) + 0.05 * (random_unit(&r) - 0.5);
    }
}

void network_layout(const struct csr *graph, const uint32_t *group, uint64_t seed, double *x,
                    double *y)
{
    uint32_t people = graph->rows;
    if (people == 0)
        return;
    struct drawing d = { .graph = graph, .group = group, .people = people, .x = x, .y = y };
    d.ideal = 0.8 / sqrt((double)people);
    d.cells = people <= ALL_PAIRS ? 1 : (uint32_t)fmax(1, 1 / (4 * d.ideal));
    d.sight = d.cells == 1 ? INFINITY : 1.0 / d.cells / d.cells;
    d.dx = memory_new(people, sizeof *d.dx);
    d.dy = memory_new(people, sizeof *d.dy);
    d.group_x = memory_new(people, sizeof *d.group_x);
    d.group_y = memory_new(people, sizeof *d.group_y);
    d.group_size = memory_new(people, sizeof *d.group_size);
    d.cell_first = memory_new((size_t)d.cells * d.cells + 2, sizeof *d.cell_first);
    d.cell_member = memory_new(people, sizeof *d.cell_member);
    begin(&d, seed);
    for (int round = 0; round < ROUNDS; round++)
        step(&d, 0.1 * pow(1 - (double)round / ROUNDS, 1.5) + 0.0005);
    fit(&d);
    memory_free(d.dx);
    memory_free(d.dy);
    memory_free(d.group_x);
    memory_free(d.group_y);
    memory_free(d.group_size);
    memory_free(d.cell_first);
    memory_free(d.cell_member);
}
