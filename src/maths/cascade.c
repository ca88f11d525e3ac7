#include "maths/cascade.h"

#include <string.h>

#include "base/memory.h"
#include "maths/graph.h"

static void count_parents(const struct csr *grew, uint32_t *parents)
{
    memset(parents, 0, grew->rows * sizeof *parents);
    for (uint64_t e = 0; e < grew->start[grew->rows]; e++)
        parents[grew->target[e]]++;
}

/* Fills order[] with parents before children; returns how many could be placed. left[] ends
 * with the number of parents that could not. */
static uint32_t sort_down(const struct csr *grew, uint32_t *left, uint32_t *order)
{
    uint32_t placed = 0;
    for (uint32_t v = 0; v < grew->rows; v++)
        if (left[v] == 0)
            order[placed++] = v;
    for (uint32_t i = 0; i < placed; i++)
        for (uint64_t e = grew->start[order[i]]; e < grew->start[order[i] + 1]; e++)
            if (--left[grew->target[e]] == 0)
                order[placed++] = grew->target[e];
    return placed;
}

/* Everything that could not be placed has a parent that could not: go up until a thing comes
 * by twice. */
static void name_circle(const uint32_t *child, const uint32_t *parent, uint64_t arrows,
                        uint32_t things, const uint32_t *left, uint32_t *circle, uint32_t *length)
{
    uint32_t *up = memory_grow(NULL, things, sizeof *up), at = 0, steps = 0;
    uint32_t *met = memory_new(things, sizeof *met);
    for (uint64_t i = arrows; i-- > 0;)
        if (left[child[i]] && left[parent[i]] && child[i] != parent[i])
            up[child[i]] = parent[i];
    while (!left[at])
        at++;
    for (; !met[at]; at = up[at])
        met[at] = ++steps;
    uint32_t first = at;
    *length = 0;
    do {
        circle[(*length)++] = at;
        at = up[at];
    } while (at != first);
    memory_free(up);
    memory_free(met);
}

/* The same arrows between places. */
static void renumber(struct cascade *c, const struct csr *by_thing)
{
    struct csr *g = &c->grew;
    *g = (struct csr){ .rows = c->things, .columns = c->things };
    g->start = graph_room((size_t)c->things + 1, sizeof *g->start);
    g->target = graph_room(by_thing->start[c->things], sizeof *g->target);
    uint64_t at = 0;
    for (uint32_t place = 0; place < c->things; place++) {
        uint32_t thing = c->order[place];
        g->start[place] = at;
        for (uint64_t e = by_thing->start[thing]; e < by_thing->start[thing + 1]; e++)
            g->target[at++] = c->place[by_thing->target[e]];
    }
    g->start[c->things] = at;
}

static void sort_row(void *data, uint32_t part, int member)
{
    (void)member;
    struct csr *g = data;
    uint32_t end = (uint32_t)team_cut(g->rows, part + 1, 64);
    for (uint32_t r = (uint32_t)team_cut(g->rows, part, 64); r < end; r++)
        graph_sort(g->target + g->start[r], graph_degree(g, r));
}

bool cascade_build(struct cascade *c, uint32_t things, const uint32_t *child,
                   const uint32_t *parent, uint64_t arrows, uint32_t *circle, uint32_t *length,
                   struct team *team)
{
    struct csr by_thing;
    *c = (struct cascade){ .things = things };
    graph_from_arrows(&by_thing, things, parent, child, arrows, team);
    c->place = graph_room(things, sizeof *c->place);
    c->order = graph_room(things, sizeof *c->order);
    c->parents = graph_room(things, sizeof *c->parents);
    count_parents(&by_thing, c->parents);
    *length = 0;
    bool good = sort_down(&by_thing, c->parents, c->order) == things;
    if (good) {
        for (uint32_t place = 0; place < things; place++)
            c->place[c->order[place]] = place;
        renumber(c, &by_thing);
        team_do(team, 64, sort_row, &c->grew);
        count_parents(&c->grew, c->parents);
    } else {
        name_circle(child, parent, arrows, things, c->parents, circle, length);
        cascade_free(c);
    }
    graph_free(&by_thing);
    return good;
}

void cascade_free(struct cascade *c)
{
    memory_free(c->place);
    memory_free(c->order);
    memory_free(c->parents);
    graph_free(&c->grew);
    *c = (struct cascade){ 0 };
}

void cascade_credit(const struct cascade *c, double *credit)
{
    for (uint32_t v = c->things; v-- > 0;) {
        double sum = 0;
        for (uint64_t e = c->grew.start[v]; e < c->grew.start[v + 1]; e++) {
            uint32_t w = c->grew.target[e];
            sum += (1 + credit[w]) / c->parents[w];
        }
        credit[v] = sum;
    }
}

void cascade_latest(const struct cascade *c, const int32_t *date, int32_t *latest)
{
    for (uint32_t v = c->things; v-- > 0;) {
        latest[v] = date[v];
        for (uint64_t e = c->grew.start[v]; e < c->grew.start[v + 1]; e++)
            if (latest[c->grew.target[e]] > latest[v])
                latest[v] = latest[c->grew.target[e]];
    }
}

void cascade_chain(const struct cascade *c, uint32_t *chain)
{
    for (uint32_t v = c->things; v-- > 0;) {
        chain[v] = 0;
        for (uint64_t e = c->grew.start[v]; e < c->grew.start[v + 1]; e++)
            if (chain[c->grew.target[e]] + 1 > chain[v])
                chain[v] = chain[c->grew.target[e]] + 1;
    }
}
