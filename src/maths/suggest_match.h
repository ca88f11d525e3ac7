/* maths/suggest_match.h - inside the introduction round: who is matched with whom just now. */
#ifndef NABIJ_MATHS_SUGGEST_MATCH_H
#define NABIJ_MATHS_SUGGEST_MATCH_H

#include "maths/suggest_round.h"

/* Person v has degree[v] <= wanted[v] mates, in mate[slot[v]] onwards, in no order. */
struct match {
    const struct suggest_pairs *pairs;
    const uint16_t *wanted;
    uint64_t *slot; /* people + 1 */
    uint32_t *degree, *mate, *weight;
    uint16_t *floor; /* nobody may end below this */
    uint64_t total;
    uint64_t steps;
};

void match_open(struct match *m, const struct suggest_pairs *pairs, const uint16_t *wanted);
void match_close(struct match *m);

bool match_has(const struct match *m, uint32_t a, uint32_t b);
void match_add(struct match *m, uint32_t a, uint32_t b, uint32_t weight);

/* Where a pair stood among the mates of both, so that it can be put back there. */
struct places {
    uint32_t in_a, in_b;
};
struct places match_drop(struct match *m, uint32_t a, uint32_t b, uint32_t weight);
void match_restore(struct match *m, uint32_t a, uint32_t b, uint32_t weight, struct places places);

/* b-suitor, into an empty match. */
void match_suitor(struct match *m, unsigned threads);

/* One alternating path from `from`, who has a place free: up to `depth` pairs added, the rest
 * dropped, nobody below their floor at the end; when
 * it gains, somebody with one mate more than `from` may trade places with them. Does the best path
 * found that gains more than `least`; false when there is none. At most `effort` steps. */
bool match_reach(struct match *m, uint32_t from, unsigned depth, int64_t least, uint64_t effort);

/* The same, after `from` has let go of one mate: cycles, and paths that end in a loss. */
bool match_exchange(struct match *m, uint32_t from, unsigned depth, uint64_t effort);

/* Brings everybody up to `share` where a path can; where none can, as far as it goes. */
void match_share(struct match *m, uint32_t share);

/* Makes the total heavier by paths until nothing is found or `effort` steps are used. */
void match_improve(struct match *m, unsigned depth, uint64_t effort);

#endif
