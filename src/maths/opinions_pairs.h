/* maths/opinions_pairs.h - whole-number counts for every pair of statements, and XᵀX from them. */
#ifndef NABIJ_MATHS_OPINIONS_PAIRS_H
#define NABIJ_MATHS_OPINIONS_PAIRS_H

#include <stdbool.h>
#include <stdint.h>

#include "maths/opinions_votes.h"

/* Over the people who answered both j and k. With means m:
 * (XᵀX)jk = product - m_k mine - m_j theirs + m_j m_k people, exactly. */
struct pair {
    int32_t people, product, mine, theirs;
};

struct pairs {
    uint32_t statements, room; /* rows are `room` long, a multiple of eight */
    struct pair *pair;
    float *matrix;
    double *mean;
    bool *dirty; /* rows (and columns) of the matrix to be worked out anew */
    struct opinions_team *team;
};

void pairs_make(struct pairs *pairs, const struct coded_votes *votes, struct opinions_team *team);
void pairs_free(struct pairs *pairs);
void pairs_widen(struct pairs *pairs, uint32_t statements);

/* Somebody's answer to `statement` becomes `kind`. row[] are all their codes, with the old answer
 * to this statement, if any, still in it. */
void pairs_change(struct pairs *pairs, const uint16_t *row, uint32_t length, uint32_t statement,
                  enum vote_kind kind);

/* Works out what is dirty; the tallies of `votes` must be current. */
void pairs_settle(struct pairs *pairs, const struct coded_votes *votes);

/* plane_apply: out = XᵀX in. */
void pairs_apply(void *pairs, const float *in, float *out);

/* For tests: the portable twin even where AVX2 is there. */
void pairs_apply_portable(void *pairs, const float *in, float *out);

#endif
