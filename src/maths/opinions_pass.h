/* maths/opinions_pass.h - the one hot loop: the centred votes times a few vectors, and back.
 *
 * X is people × statements, filled in with means and centred; V has four columns. A pass goes
 * over every vote twice while it is still in the nearest cache and never makes X dense. Sums
 * run in float within a chunk of people and in double between chunks. */
#ifndef NABIJ_MATHS_OPINIONS_PASS_H
#define NABIJ_MATHS_OPINIONS_PASS_H

#include "maths/opinions_votes.h"

enum { PASS_WIDTH = 4 }; /* vectors that travel together */

struct pass_room {
    float *table; /* (vote - mean) * vector, by code */
    float *sums;  /* what came back, by chunk and code */
};

void pass_room_make(struct pass_room *room, uint32_t statements);
void pass_room_free(struct pass_room *room);

/* out = XᵀX in; both are [statements][PASS_WIDTH]. */
void pass_both_ways(const struct coded_votes *votes, const float *in, float *out,
                    struct pass_room *room, struct opinions_team *team);

/* x = X a, y = X b, each times sqrt(statements / answers): people who answered little are not
 * pulled to the middle (Small et al., "Polis: scaling deliberation by mapping high dimensional
 * opinion spaces", Recerca 26(2), 2021). 0, 0 for whoever answered nothing. */
void pass_positions(const struct coded_votes *votes, const float *a, const float *b, float *x,
                    float *y, struct pass_room *room, struct opinions_team *team);

#endif
