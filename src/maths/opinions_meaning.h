/* maths/opinions_meaning.h - what a map of opinions says in words: per statement, per group.
 *
 * Chances are shrunk towards a half: (agree + 1) / (answers + 2). Tests are those of Polis
 * (polismath, repness; Small et al. 2021): with one more success and one more trial,
 *   one proportion   z = 2 sqrt(n) (s / n - 1/2)
 *   two proportions  z = (p1 - p2) / sqrt(p (1 - p) (1/n1 + 1/n2)), p pooled.
 * A statement stands for a group when both its own chance and the difference with everybody
 * else are significant at 90 % (one-sided z > 1.2816); it is ranked by the product of the ratio
 * of chances, both z's and the chance. Group-informed consensus is the product over the groups
 * of the shrunk chance to agree (or to disagree). */
#ifndef NABIJ_MATHS_OPINIONS_MEANING_H
#define NABIJ_MATHS_OPINIONS_MEANING_H

#include "maths/opinions.h"

enum { MEANING_MOST = 5, NO_STATEMENT = -1 };

/* Chance and test of one answer (agree or disagree) in one group, against the rest. */
struct stance {
    double chance, chance_z; /* shrunk share; is it more than half? */
    double ratio, ratio_z;   /* chance here / chance elsewhere; is it more? */
};

struct stands_for {
    int32_t statement;
    bool agree;
    struct stance stance;
    double strength;
};

struct statement_meaning {
    double consensus; /* product over groups of the chance to agree; over the two sides of the
                         widest difference when there are no groups */
    double rejection; /* the same for disagree */
    double divides;   /* largest difference between two groups in the chance to agree */
    double priority;  /* how much it is worth showing next (Polis' comment priority) */
};

struct opinions_meaning {
    struct statement_meaning *statement;
    struct stands_for group[MOST_GROUPS][MEANING_MOST];
    uint32_t count[MOST_GROUPS];
};

/* `votes` and map must belong together. */
void opinions_meaning_make(struct opinions_meaning *meaning, const struct opinions_map *map,
                           const struct csr *votes);
void opinions_meaning_free(struct opinions_meaning *meaning);

/* The stance of group g on statement j for agree or disagree. */
struct stance opinions_stance(const struct opinions_map *map, uint32_t g, uint32_t j, bool agree);

/* The statement person i has not answered that is best shown next, NO_STATEMENT when all were. */
int32_t opinions_next(const struct opinions_meaning *meaning, const struct csr *votes,
                      uint32_t person);

/* The best `most` statements by one of the values above: statement numbers, best first; gives
 * how many. A statement counts when `worth` says so. */
enum opinions_order { BY_CONSENSUS, BY_REJECTION, BY_DIVISION };
uint32_t opinions_best(const struct opinions_meaning *meaning, const struct opinions_map *map,
                       enum opinions_order order, uint32_t most, uint32_t *statement);

#endif
