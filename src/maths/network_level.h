/* maths/network_level.h - one level of the Leiden method: a folded graph and who is in what
 * group. For the files network_groups.c, network_move.c and network_refine.c only. */
#ifndef NABIJ_MATHS_NETWORK_LEVEL_H
#define NABIJ_MATHS_NETWORK_LEVEL_H

#include <stdbool.h>
#include <stdint.h>

#include "maths/graph_team.h"

/* A node is a person or, further up, a connected handful of people. */
struct level {
    uint32_t nodes, groups;
    const uint64_t *start, *end; /* a row is target[start[v]] … target[end[v] - 1] */
    const uint32_t *target;
    const uint32_t *weight; /* beside target, or NULL: all 1 */
    uint64_t *degree;       /* line ends, those folded inside counted too */
    uint32_t *group;        /* node → group, below nodes */
    uint64_t *total;        /* group → sum of degree */
    double ends;            /* line ends in the whole graph: twice the lines */
};

/* Working memory of one member of the team: weight[g] is 0 except while a node is looked
 * at; touched[] lists where it is not, with room for one more than there are nodes. */
struct scratch {
    uint32_t *weight;
    uint32_t *touched;
    uint32_t count;
};

/* Without a branch: whether a group is new cannot be guessed. */
static inline void scratch_add(struct scratch *s, uint32_t group, uint32_t weight)
{
    uint32_t before = s->weight[group];
    s->touched[s->count] = group;
    s->count += before == 0;
    s->weight[group] = before + weight;
}

/* Moves nodes to neighbouring groups until little is gained. */
void level_move(struct level *level, uint64_t seed, struct scratch *scratch, struct team *team);

/* Renumbers the groups 0 … groups - 1 in order of their first node. */
void level_renumber(struct level *level, struct scratch *scratch);

/* Splits every group in connected parts: part[node] counted from 0, parts of one group side
 * by side. Returns how many. members[] lists nodes a group at a time, from first[group]. */
uint32_t level_refine(const struct level *level, const uint32_t *members, const uint32_t *first,
                      uint32_t *part, struct scratch *scratch, struct team *team);

#endif
