/* maths/opinions_plane.h - the two directions in which people differ most.
 *
 * Block Krylov iteration with Rayleigh-Ritz and a thick restart (Saad, "Numerical methods for
 * large eigenvalue problems", 2011, chapters 6 and 7) on XᵀX, which is only ever applied, never
 * asked for. Stops when the angle still to go is small enough (residual against the gap to the
 * third eigenvalue), or when single precision has no more to give. */
#ifndef NABIJ_MATHS_OPINIONS_PLANE_H
#define NABIJ_MATHS_OPINIONS_PLANE_H

#include <stdbool.h>
#include <stdint.h>

#include "maths/opinions_pass.h"

/* out = (symmetric, positive) matrix times in; both [size][PASS_WIDTH]. */
typedef void plane_apply(void *what, const float *in, float *out);

struct search;

struct plane {
    uint32_t size;               /* statements */
    float *block;                /* [size][PASS_WIDTH]: the best four directions, by column */
    double variance[PASS_WIDTH]; /* their eigenvalues */
    uint32_t passes;             /* how often the matrix was applied */
    struct search *search;       /* working memory, kept for the next time */
};

void plane_make(struct plane *plane, uint32_t size);
void plane_free(struct plane *plane);

struct plane_how {
    uint64_t seed;
    bool warm;    /* plane->block already holds directions close to the answer; else from seed */
    double angle; /* good enough, in radians */
};

/* With fewer than two statements a direction may be all zeroes. */
void plane_find(struct plane *plane, plane_apply *apply, void *what, struct plane_how how);

#endif
