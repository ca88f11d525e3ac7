/* maths/opinions_live.h - a map that stays current, vote by vote.
 *
 * For every pair of statements four whole numbers are kept over the people who answered both:
 * how many, the sum of the products of their votes, and the sum of each one's votes. From them
 * and the means follows every entry of the centred XᵀX exactly, so nothing drifts however many
 * votes pass. A vote changes one row of it. The plane is then found again from the last one
 * (two or three multiplications by that small matrix), everybody's place is computed anew, and
 * the groups settle from where they were. When votes have changed by more than 1 %, or there
 * are few people, groups and their number are looked for from scratch. */
#ifndef NABIJ_MATHS_OPINIONS_LIVE_H
#define NABIJ_MATHS_OPINIONS_LIVE_H

#include "maths/opinions.h"

struct opinions_live;

/* Starts from votes, of which it keeps its own copy. Costs the sum over people of answers². */
struct opinions_live *opinions_live_new(const struct csr *votes,
                                        const struct opinions_settings *settings,
                                        struct opinions_team *team);
void opinions_live_free(struct opinions_live *live);

/* Person and statement may be new: the next number, no gaps. Kind 0 pass, 1 agree, 2 disagree;
 * replaces an earlier vote. At most OPINIONS_MOST_STATEMENTS statements: the caller checks. */
void opinions_live_vote(struct opinions_live *live, uint32_t person, uint32_t statement,
                        enum vote_kind kind);

/* Makes the map current. Gives it; it belongs to `live` and is valid until the next call. */
const struct opinions_map *opinions_live_refresh(struct opinions_live *live);

/* Whether the last refresh looked for groups from scratch. */
bool opinions_live_regrouped(const struct opinions_live *live);

/* The votes as they are now, rows sorted; fresh arrays that the caller frees. */
void opinions_live_votes(const struct opinions_live *live, struct csr *votes);

#endif
