/* maths/cascade.h - what grew from what: how far something reached, and what is still alive.
 *
 * Things are 0 … things - 1; an arrow says that a child grew (in part) from a parent. There
 * are no circles. Inside, things stand in an order in which parents come before children and
 * what grew from one thing stands close together (last done first in a depth-first walk;
 * Tarjan, "Edge-disjoint spanning trees and depth-first search", Acta Informatica 6, 1976): a
 * *place* is a number in that order. The same answer for any team. */
#ifndef NABIJ_MATHS_CASCADE_H
#define NABIJ_MATHS_CASCADE_H

#include <stdbool.h>
#include <stdint.h>

#include "maths/csr.h"
#include "maths/graph_team.h"

struct cascade {
    uint32_t things;
    uint32_t *place;   /* thing → place */
    uint32_t *order;   /* place → thing */
    uint32_t *parents; /* place → number of different parents; 0: a root */
    struct csr grew;   /* place → places of children, all larger */
};

/* False when there is a circle: then nothing is kept, and circle[] (room for `things`) holds
 * *length things, each grown from the next and the last from the first. */
bool cascade_build(struct cascade *cascade, uint32_t things, const uint32_t *child,
                   const uint32_t *parent, uint64_t arrows, uint32_t *circle, uint32_t *length,
                   struct team *team);
void cascade_free(struct cascade *cascade);

/* For every place, in one pass from the last to the first.
 * credit: each thing counts for one and is shared equally by its parents, who hand on what
 *   they receive to theirs; over all roots this adds up to the things that are not roots.
 * latest: the largest of date[] over itself and all that grew from it; date is by place.
 * chain: arrows on the longest way down. */
void cascade_credit(const struct cascade *cascade, double *credit);
void cascade_latest(const struct cascade *cascade, const int32_t *date, int32_t *latest);
void cascade_chain(const struct cascade *cascade, uint32_t *chain);

/* Exactly how many things grew from each of `roots` (places, the root itself not counted):
 * 64 roots walk together, a bit each in one word a thing. */
void cascade_reach(const struct cascade *cascade, const uint32_t *roots, uint32_t count,
                   uint32_t *reach, struct team *team);

/* The same by generation: a thing's generation is the length of its shortest way from the
 * root. weight_a and weight_b (by place, may be NULL) are summed over what grew. */
struct cascade_root {
    uint32_t reach, depth; /* depth: the last generation */
    uint32_t *generation;  /* depth numbers, the first for generation 1; memory_free it */
    uint64_t sum_a, sum_b;
};

void cascade_generations(const struct cascade *cascade, const uint32_t *roots, uint32_t count,
                         const uint8_t *weight_a, const uint8_t *weight_b,
                         struct cascade_root *found, struct team *team);

/* About how many things grew from every place at once. Where nothing below has a second
 * parent the number is exact and exact[] is 1. Elsewhere it is counted with 512 registers
 * (Flajolet and others, "HyperLogLog", AofA 2007; read out after Ertl, "New cardinality
 * estimation algorithms for HyperLogLog sketches", arXiv:1702.01284, section 4):
 * one standard error is CASCADE_ERROR of the number. */
#define CASCADE_ERROR 0.046 /* 1.04 / sqrt(512) */

void cascade_sketch(const struct cascade *cascade, uint64_t seed, double *reach, uint8_t *exact,
                    struct team *team);

#endif
