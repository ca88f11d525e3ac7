/* maths/network_groups.h - communities: groups that hold more lines than chance would.
 *
 * The Leiden method (Traag, Waltman and Van Eck, "From Louvain to Leiden: guaranteeing
 * well-connected communities", Scientific Reports 9:5233, 2019) on modularity (Newman and
 * Girvan, Physical Review E 69:026113, 2004): move people, refine each group so that it hangs
 * together, fold the graph, repeat. Two departures, for speed and for one answer on any
 * number of threads: people move in fixed batches, each looking at the state before its
 * batch; and refining takes the best merge instead of a drawn one. Every group that comes
 * out is connected. In a small network the best of several drawn starts is kept. */
#ifndef NABIJ_MATHS_NETWORK_GROUPS_H
#define NABIJ_MATHS_NETWORK_GROUPS_H

#include <stdint.h>

#include "maths/csr.h"
#include "maths/graph_team.h"

struct network_groups {
    uint32_t people, groups;
    uint32_t *group;   /* person → group; numbered in order of their first person */
    double modularity; /* -0.5 … 1; 0 without lines */
    uint64_t inside;   /* lines within a group (bonding) */
    uint64_t between;  /* lines from one group to another (bridging) */
};

/* `times` is how often the whole method is applied, each time to the last answer. */
void network_groups(struct network_groups *groups, const struct csr *graph, int times,
                    uint64_t seed, struct team *team);
void network_groups_free(struct network_groups *groups);

#endif
