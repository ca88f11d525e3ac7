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

struct step {
    uint32_t thing;
    uint64_t next;
};

struct descent {
    const struct csr *grew;
    uint8_t *state; /* thing → one of the three below */
    struct step *path;
    uint32_t depth;
    uint32_t *order, left; /* filled from the back: who is done last comes first */
};

enum { NEW, ON_THE_PATH, DONE };

/* Goes down from one thing. False when the path comes back to itself: then it ends with the
 * step that does. */
static bool descend(struct descent *d, uint32_t from)
{
    const struct csr *g = d->grew;
    d->depth = 1;
    d->path[0] = (struct step){ from, g->start[from] };
    d->state[from] = ON_THE_PATH;
    while (d->depth) {
        struct step *top = &d->path[d->depth - 1];
        if (top->next == g->start[top->thing + 1]) {
            d->state[top->thing] = DONE;
            d->order[--d->left] = top->thing;
            d->depth--;
            continue;
        }
        uint32_t child = g->target[top->next++];
        if (d->state[child] == DONE)
            continue;
        d->path[d->depth++] = (struct step){ child, g->start[child] };
        if (d->state[child] == ON_THE_PATH)
            return false;
        d->state[child] = ON_THE_PATH;
    }
    return true;
}

/* Roots first, so that what grew from one thing stands together; whatever is left after
 * them is in a circle or below one. */
static bool sort_down(struct descent *d, const uint32_t *parents)
{
    for (int roots = 1; roots >= 0; roots--)
        for (uint32_t v = d->grew->rows; v-- > 0;)
            if (d->state[v] == NEW && (!roots || parents[v] == 0) && !descend(d, v))
                return false;
    return true;
}

/* The end of the path, child before parent. */
static uint32_t name_circle(const struct descent *d, uint32_t *circle)
{
    uint32_t length = 0, last = d->depth - 1;
    do
        circle[length++] = d->path[--last].thing;
    while (d->path[last].thing != d->path[d->depth - 1].thing);
    return length;
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
    struct descent d = { .grew = &by_thing, .order = c->order, .left = things };
    d.state = memory_new(things, 1);
    d.path = graph_room((size_t)things + 1, sizeof *d.path);
    bool good = sort_down(&d, c->parents);
    *length = good ? 0 : name_circle(&d, circle);
    memory_free(d.state);
    memory_free(d.path);
    if (good) {
        for (uint32_t place = 0; place < things; place++)
            c->place[c->order[place]] = place;
        renumber(c, &by_thing);
        team_do(team, 64, sort_row, &c->grew);
        count_parents(&c->grew, c->parents);
    } else {
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
