/* maths/opinions.h - where do we agree: a map of people by how they answered statements.
 *
 * In: votes as a sparse matrix, a row a person, a column a statement, values 1 agree, 0 pass,
 * -1 disagree; what is missing is missing. Out: everybody's place in the plane in which people
 * differ most, groups of people who stand close, and counts from which opinions_meaning.h says
 * what each group stands for. The method is that of Polis (Small, Bjorkegren, Erkkilä, Shaw,
 * Megill: "Polis: scaling deliberation by mapping high dimensional opinion spaces", Recerca
 * 26(2), 2021); every number is our own computation.
 *
 * Pure: same votes, settings and seed give the same map at any thread count. The map owns its
 * arrays. Sizes: at most OPINIONS_MOST_STATEMENTS columns; the caller checks. */
#ifndef NABIJ_MATHS_OPINIONS_H
#define NABIJ_MATHS_OPINIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "maths/csr.h"
#include "maths/opinions_groups.h"
#include "maths/opinions_plane.h"
#include "maths/opinions_team.h"
#include "maths/opinions_votes.h"

enum {
    OPINIONS_MOST_STATEMENTS = 20000,
    OPINIONS_LEAST_PEOPLE = 20, /* with fewer there are no groups */
    OPINIONS_NO_GROUP = 255
};

struct opinions_settings {
    uint64_t seed;
    uint32_t starts;      /* of k-means; 50 */
    uint32_t replicates;  /* of the bootstrap; 0: stability is not asked */
    uint32_t least_votes; /* to be counted in a group; 1 */
    uint32_t only_k;      /* 0: the silhouette decides */
};

struct opinions_settings opinions_usual(void);

struct opinions_count {
    uint32_t agree, disagree, pass;
};

struct opinions_stability {
    uint32_t replicates;         /* 0: not asked, or nothing to ask */
    double same_k;               /* share of replicates that choose the same k */
    double rand;                 /* mean adjusted Rand index with the map */
    double jaccard[MOST_GROUPS]; /* mean overlap of each group with its best match */
    bool stable;
};

struct opinions_map {
    uint32_t people, statements;
    uint32_t voters; /* people with an answer */
    float *x, *y;    /* people; in units of loading × vote, scaled for answers given */
    uint8_t *group;  /* people; OPINIONS_NO_GROUP when none */
    float *loading_x, *loading_y; /* statements; unit length each */
    double variance[2], variance_all;
    uint32_t k; /* 0: no groups */
    double silhouette[MOST_GROUPS + 1], inertia;
    struct centres centres;
    uint32_t size[MOST_GROUPS];
    struct opinions_count *count; /* [1 + k][statements]: everybody, then each group */
    struct opinions_stability stability;
    uint32_t passes;
};

/* The count of statement j for everybody (side 0) or group side - 1. */
static inline struct opinions_count *opinions_count_of(const struct opinions_map *map,
                                                       uint32_t side, uint32_t j)
{
    return &map->count[(uint64_t)side * map->statements + j];
}

void opinions_map_make(struct opinions_map *map, const struct csr *votes,
                       const struct opinions_settings *settings, struct opinions_team *team);
void opinions_map_free(struct opinions_map *map);

/* The steps, for opinions_stability.c and opinions_live.c. */

/* Room for everything, plane from `plane` (signs made canonical), places, no groups. */
void opinions_map_place(struct opinions_map *map, const struct coded_votes *votes,
                        const struct plane *plane, struct pass_room *room,
                        struct opinions_team *team);

/* The people who count for groups, in order: gives how many; who[] may be NULL. */
uint32_t opinions_voters(const struct coded_votes *votes, uint32_t least_votes, uint32_t *who);

/* Takes over the labels of a grouping, largest group first, and counts votes. */
void opinions_map_group(struct opinions_map *map, const struct coded_votes *votes,
                        const uint32_t *who, uint32_t voters, const struct grouping *grouping,
                        struct opinions_team *team);

/* Fills in map->stability by resampling people (opinions_stability.c). */
void opinions_map_shake(struct opinions_map *map, const struct coded_votes *votes,
                        const struct plane *plane, const struct opinions_settings *settings,
                        struct opinions_team *team);

/* plane_apply over the sparse votes. */
struct opinions_sparse {
    const struct coded_votes *votes;
    struct pass_room *room;
    struct opinions_team *team;
};
void opinions_apply(void *sparse, const float *in, float *out);

#endif
