/* maths/opinions_votes.h - votes in the form the hot loops read: one 16-bit code a vote.
 *
 * A code is statement * 3 + kind. Rows are people, gone through in the order of how much they
 * answered (then the processor guesses the end of nearly every row right). Nothing here is dense: a
 * missing answer takes no room and no time, because after filling in the mean and centring it is
 * exactly 0. */
#ifndef NABIJ_MATHS_OPINIONS_VOTES_H
#define NABIJ_MATHS_OPINIONS_VOTES_H

#include <stdint.h>

#include "maths/csr.h"
#include "maths/opinions_team.h"

enum vote_kind { VOTE_PASS, VOTE_AGREE, VOTE_DISAGREE, VOTE_KINDS };

/* People are cut in this many chunks of about equally many votes, at any thread count. */
enum { VOTES_CHUNKS = 8 };

/* What the hot loops need to know of a person, so that they read straight on. */
struct vote_row {
    uint64_t start;
    uint32_t length, person;
};

struct coded_votes {
    uint32_t people, statements;
    uint64_t *start; /* row i is code[start[i]] … code[start[i] + length[i] - 1] */
    uint32_t *length;
    struct vote_row *row; /* people by length and number: the order of work, and of memory */
    uint32_t *rank;       /* person i is row[rank[i]] */
    uint16_t *code;
    uint32_t *tally;                  /* statements * VOTE_KINDS: how many votes have this code */
    float *mean;                      /* of the answers to a statement; 0 when nobody answered */
    uint32_t chunk[VOTES_CHUNKS + 1]; /* chunk c is row[chunk[c]] … row[chunk[c + 1] - 1] */
};

/* The value of a vote by its kind: 0, 1, -1. */
static inline float vote_value(uint32_t kind)
{
    return kind == VOTE_AGREE ? 1.0f : kind == VOTE_DISAGREE ? -1.0f : 0.0f;
}

static inline enum vote_kind vote_kind_of(float value)
{
    return (enum vote_kind)((value > 0) * VOTE_AGREE + (value < 0) * VOTE_DISAGREE);
}

/* `votes` has a row a person and values 1, 0 and -1; at most OPINIONS_MOST_STATEMENTS columns. */
void coded_votes_make(struct coded_votes *coded, const struct csr *votes,
                      struct opinions_team *team);

/* The rows `who[0]` … `who[count - 1]` of another, doubles allowed: a bootstrap sample. */
void coded_votes_sample(struct coded_votes *coded, const struct coded_votes *from,
                        const uint32_t *who, uint32_t count);
void coded_votes_free(struct coded_votes *coded);

/* Order and chunks from the lengths; and a mean from the tally. */
void coded_votes_cut(struct coded_votes *coded);

/* After start or length of one person changed. */
void coded_votes_touch(struct coded_votes *coded, uint32_t person);
void coded_votes_mean(struct coded_votes *coded, uint32_t statement);

/* The sum over people and statements of (vote - mean)²: all the variance there is. */
double coded_votes_variance(const struct coded_votes *coded);

#endif
