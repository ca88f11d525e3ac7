/* maths/network.h - what hangs on one person: the shape of a network of lines.
 *
 * People are 0 … graph->rows - 1; the graph is undirected (each line in both rows, see
 * csr.h). Every function gives the same answer for any team. What a function fills is given
 * back with its own _free. Nothing here reads, prints or ranks. */
#ifndef NABIJ_MATHS_NETWORK_H
#define NABIJ_MATHS_NETWORK_H

#include <stdbool.h>
#include <stdint.h>

#include "maths/csr.h"
#include "maths/graph_team.h"

#define NETWORK_NOBODY UINT32_MAX

/* --- Components, articulation points, bridges, and 'what if she leaves' for everybody ---
 *
 * One depth-first walk (Hopcroft and Tarjan, "Efficient algorithms for graph manipulation",
 * CACM 16(6), 1973). The walk numbers people in the order in which it meets them; everybody
 * first met by way of a person stands in one stretch of numbers behind her. So a piece that
 * falls off when somebody leaves is a stretch of order[]. */

enum { NETWORK_PIECE = 1, NETWORK_BRIDGE = 2 };

/* What is left of a person's component when only she leaves. */
struct network_leave {
    uint32_t pieces;  /* in how many pieces the others fall; 0 when there are no others */
    uint32_t largest; /* people in the largest piece */
    uint64_t apart;   /* pairs of others who lose every way to each other */
};

struct network_cuts {
    uint32_t people, components, points, bridges;
    uint32_t *when;              /* person → number in the walk */
    uint32_t *order;             /* number → person; a component is one stretch */
    uint32_t *component;         /* number → component, counted from 0 in walk order */
    uint32_t *component_start;   /* components + 1: the first number of each */
    uint32_t *parent;            /* number → number she was met by, or NETWORK_NOBODY */
    uint32_t *below;             /* number → length of her stretch, she included */
    uint8_t *mark;               /* number → NETWORK_PIECE: her stretch falls off when her
                                    parent leaves; NETWORK_BRIDGE: so it does when only the
                                    line between them goes */
    struct network_leave *leave; /* number → what if she leaves */
};

void network_cuts(struct network_cuts *cuts, const struct csr *graph, struct team *team);
void network_cuts_free(struct network_cuts *cuts);

static inline bool network_is_point(const struct network_cuts *cuts, uint32_t person)
{
    return cuts->leave[cuts->when[person]].pieces > 1;
}

static inline const struct network_leave *network_leave(const struct network_cuts *cuts,
                                                        uint32_t person)
{
    return &cuts->leave[cuts->when[person]];
}

/* --- How deep people stand: the largest k such that they are in a group in which everybody
 * knows at least k others of it (Seidman, "Network structure and minimum degree", Social
 * Networks 5(3), 1983; peeled from the outside in, after Batagelj and Zaversnik, 2003). Fills
 * core[] for everybody and returns the largest. --- */
uint32_t network_core(const struct csr *graph, uint32_t *core);

/* --- A named set leaves together, in the order given --- */

struct network_after {
    uint32_t people;     /* who stayed */
    uint32_t components; /* of those who stayed */
    uint32_t largest;    /* people in the largest component */
    uint32_t alone;      /* people who stayed, had lines, and have none left */
    uint64_t lines;      /* between those who stayed */
    uint64_t pairs;      /* pairs of those who stayed that can still reach each other */
    uint64_t apart;      /* pairs of those who stayed that could before, and cannot now */
};

/* after[i] describes the network when the first i of `gone` have left (after[0]: before),
 * for i = 0 … count. label[person], when not NULL, is the smallest person in the component of
 * those who stay when all have left; NETWORK_NOBODY for who left. `gone` holds no doubles.
 * Found backwards: those who stay are joined, then the others come back one at a time. */
void network_without(const struct csr *graph, const uint32_t *gone, uint32_t count,
                     struct network_after *after, uint32_t *label);

/* --- On how many shortest ways between others somebody stands ---
 *
 * Betweenness (Freeman, Sociometry 40(1), 1977; each pair counted once), summed backwards
 * over breadth-first walks (Brandes, "A faster algorithm for betweenness centrality", Journal
 * of Mathematical Sociology 25(2), 2001) from `samples` people drawn without doubles (Brandes
 * and Pich, "Centrality estimation in large networks", 2007), or from everybody when samples
 * is 0 or at least the number of people: then score is exact and error 0. error is one
 * standard error of the score; for people on the outskirts, where a few sources make most of
 * the score, it is too small (measured: two of them hold for 70 to 90 in 100). Sums are kept in
 * whole numbers: any team, the same answer. */
void network_between(const struct csr *graph, uint32_t samples, uint64_t seed, double *score,
                     double *error, struct team *team);

/* The same in plain C, for machines without AVX2 and for the test that compares them. */
void network_between_portable(const struct csr *graph, uint32_t samples, uint64_t seed,
                              double *score, double *error, struct team *team);

#endif
