/* maths/suggest_round.h - the introduction round: a weighted b-matching that leaves nobody out.
 *
 * Given pairs with weights and how many introductions each person wants (b), choose pairs so
 * that nobody gets more than b, everybody who can be reached gets a fair share, and the total
 * weight is as high as we can make it.
 *
 *  1. b-suitor (Khan, Pothen, Patwary and others, "Efficient approximation algorithms for
 *     weighted b-matching", SIAM J. Sci. Comput. 38(5), 2016): at least half of the optimum,
 *     in practice above 0.9, and the same answer at any thread count, because pairs have one
 *     total order (weight, then a hash of the two keys).
 *  2. Fair share: everybody below it is helped by the alternating path that costs least.
 *  3. Alternating paths and cycles that make the total heavier while nobody drops below the
 *     share they have.
 *
 * The fair share is the maximin share of FairRec (Patro, Biswas, Ganguly, Gummadi and
 * Chakraborty, "FairRec: two-sided fairness for personalized recommendations in two-sided
 * platforms", WWW 2020, section 3), floor(places wanted in all / people), for each person no
 * more than they asked for; introductions are mutual, so what one person receives is also how
 * often they are shown to another. */
#ifndef NABIJ_MATHS_SUGGEST_ROUND_H
#define NABIJ_MATHS_SUGGEST_ROUND_H

#include <stdbool.h>
#include <stdint.h>

/* Every pair stands in both rows. A row is sorted by weight, heaviest first, ties by
 * suggest_tie of the two keys. Weights are at least 1 and below 2^31. */
struct suggest_pairs {
    uint32_t people;
    uint64_t *start;   /* people + 1 */
    uint32_t *partner; /* start[people] */
    uint32_t *weight;
    uint64_t *key; /* people; for ties */
};

/* Sorts pairs given once each, in any order; doubles and a == b are left out. */
void suggest_pairs_from(uint32_t people, const uint64_t *key, uint64_t count, const uint32_t *a,
                        const uint32_t *b, const uint32_t *weight, unsigned threads,
                        struct suggest_pairs *pairs);
void suggest_pairs_free(struct suggest_pairs *pairs);

/* The hash that orders pairs of the same weight; the same from both sides. */
uint32_t suggest_tie(uint64_t key_a, uint64_t key_b);

struct suggest_round_settings {
    unsigned threads;
    bool without_share; /* step 1 and 3 only: the heaviest round, fair or not */
    bool quick;         /* step 1 only */
    float loss;         /* how much of the weight fairness may cost; 0 means 0.03 */
    uint64_t effort;    /* steps that step 3 may take; 0: 40,000,000 */
};

/* Person i owns partner[start[i]] … + got[i], heaviest first. */
struct suggest_round {
    uint32_t people;
    uint64_t *start; /* people + 1: room for b each */
    uint32_t *got;
    uint32_t *partner;
    uint32_t *weight;
    uint64_t total;    /* units, each pair once */
    uint64_t unfair;   /* the total before the fair share was seen to */
    uint32_t share;    /* the fair share that was aimed at */
    uint32_t below;    /* people below min(share, wanted, partners they have) */
    uint32_t left_out; /* people with a partner to be had, and none given */
    uint64_t steps;    /* work done in steps 2 and 3 */
};

void suggest_round_make(const struct suggest_pairs *pairs, const uint16_t *wanted,
                        const struct suggest_round_settings *settings, struct suggest_round *round);
void suggest_round_free(struct suggest_round *round);

/* No b-matching on these pairs weighs more than this: the best of `sweeps` steps of coordinate
 * descent on the dual of the linear programme, min sum b y + sum max(0, w - y - y'). */
double suggest_round_bound(const struct suggest_pairs *pairs, const uint16_t *wanted,
                           unsigned sweeps);

/* Gini coefficient of `count` numbers (sorted in place): 0 = all alike. */
double suggest_gini(uint32_t *numbers, uint32_t count);

#endif
