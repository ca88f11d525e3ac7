#include "maths/network.h"

#include "base/memory.h"
#include "maths/graph.h"

enum { FINISH_PARTS = 64 };

/* A person on the way from the start of the walk to where it stands now. */
struct step {
    const uint32_t *next, *end; /* her lines that have not been looked at */
    uint32_t number, met_by;    /* met_by is a person */
    uint32_t low; /* smallest number her stretch touches, the line to her parent left out */
};

struct walk {
    const struct csr *graph;
    struct network_cuts *cuts;
    struct step *path;
    uint32_t met;
};

/* Numbers are stored one higher in when[] during the walk: 0 is 'not met yet'. */
static inline void meet(struct walk *w, struct step *step, uint32_t person, uint32_t met_by,
                        uint32_t parent)
{
    struct network_cuts *cuts = w->cuts;
    uint32_t number = w->met++;
    cuts->when[person] = number + 1;
    cuts->order[number] = person;
    cuts->parent[number] = parent;
    const uint32_t *target = w->graph->target;
    *step = (struct step){ .next = target + w->graph->start[person],
                           .end = target + w->graph->start[person + 1],
                           .number = number,
                           .met_by = met_by,
                           .low = number };
}

/* A child's stretch is done; what does it mean for her parent? Until finish(), leave[] holds
 * sums over the pieces that fall off, `apart` the sum of their squares. */
static inline void hand_up(struct walk *w, struct step *parent, const struct step *child)
{
    struct network_cuts *cuts = w->cuts;
    uint32_t size = w->met - child->number;
    cuts->below[child->number] = size;
    if (child->low < parent->low)
        parent->low = child->low;
    if (child->low < parent->number)
        return;
    bool bridge = child->low > parent->number;
    cuts->mark[child->number] = bridge ? NETWORK_PIECE | NETWORK_BRIDGE : NETWORK_PIECE;
    cuts->bridges += bridge;
    struct network_leave *leave = &cuts->leave[parent->number];
    leave->pieces++;
    leave->apart += (uint64_t)size * size;
    if (size > leave->largest)
        leave->largest = size;
}

static void walk_from(struct walk *w, uint32_t person)
{
    const uint32_t *when = w->cuts->when;
    struct step *top = w->path;
    meet(w, top, person, NETWORK_NOBODY, NETWORK_NOBODY);
    for (;;) {
        const uint32_t *next = top->next, *end = top->end;
        uint32_t low = top->low, met_by = top->met_by, other = 0, seen = 1;
        while (next < end && (seen = when[other = *next++]) != 0)
            if (seen - 1 < low && other != met_by)
                low = seen - 1;
        top->next = next;
        top->low = low;
        if (seen == 0) {
            top++;
            meet(w, top, other, w->cuts->order[top[-1].number], top[-1].number);
            continue;
        }
        if (top == w->path)
            break;
        top--;
        hand_up(w, top, top + 1);
    }
    w->cuts->below[top->number] = w->met - top->number;
}

/* From sums over the pieces that fall off to what remains of the whole component. */
static void finish(void *data, uint32_t part, int member)
{
    (void)member;
    struct network_cuts *cuts = data;
    uint32_t end = (uint32_t)team_cut(cuts->people, part + 1, FINISH_PARTS);
    for (uint32_t n = (uint32_t)team_cut(cuts->people, part, FINISH_PARTS); n < end; n++) {
        struct network_leave *leave = &cuts->leave[n];
        uint32_t c = cuts->component[n];
        uint64_t others = cuts->component_start[c + 1] - cuts->component_start[c] - 1;
        uint64_t rest = others, squares = leave->apart;
        if (leave->pieces) {
            uint64_t fallen = 0;
            for (uint32_t child = n + 1; child < n + cuts->below[n]; child += cuts->below[child])
                if (cuts->mark[child] & NETWORK_PIECE)
                    fallen += cuts->below[child];
            rest = others - fallen;
        }
        leave->pieces += rest > 0;
        if (rest > leave->largest)
            leave->largest = (uint32_t)rest;
        leave->apart = (others * others - squares - rest * rest) / 2;
        cuts->when[cuts->order[n]] = n;
    }
}

static void make_room(struct network_cuts *cuts, uint32_t people)
{
    *cuts = (struct network_cuts){ .people = people };
    cuts->when = graph_zeros(people, sizeof *cuts->when);
    cuts->order = graph_room(people, sizeof *cuts->order);
    cuts->component = graph_room(people, sizeof *cuts->component);
    cuts->component_start = graph_room((size_t)people + 1, sizeof *cuts->component_start);
    cuts->parent = graph_room(people, sizeof *cuts->parent);
    cuts->below = graph_room(people, sizeof *cuts->below);
    cuts->mark = graph_zeros(people, sizeof *cuts->mark);
    cuts->leave = graph_zeros(people, sizeof *cuts->leave);
}

void network_cuts(struct network_cuts *cuts, const struct csr *graph, struct team *team)
{
    make_room(cuts, graph->rows);
    struct walk w = { .graph = graph, .cuts = cuts };
    w.path = graph_room(graph->rows, sizeof *w.path);
    for (uint32_t person = 0; person < graph->rows; person++) {
        if (cuts->when[person])
            continue;
        uint32_t first = w.met;
        cuts->component_start[cuts->components] = first;
        walk_from(&w, person);
        for (uint32_t n = first; n < w.met; n++)
            cuts->component[n] = cuts->components;
        cuts->components++;
    }
    cuts->component_start[cuts->components] = w.met;
    memory_free(w.path);
    team_do(team, FINISH_PARTS, finish, cuts);
    for (uint32_t n = 0; n < cuts->people; n++)
        cuts->points += cuts->leave[n].pieces > 1;
}

void network_cuts_free(struct network_cuts *cuts)
{
    memory_free(cuts->when);
    memory_free(cuts->order);
    memory_free(cuts->component);
    memory_free(cuts->component_start);
    memory_free(cuts->parent);
    memory_free(cuts->below);
    memory_free(cuts->mark);
    memory_free(cuts->leave);
    *cuts = (struct network_cuts){ 0 };
}
