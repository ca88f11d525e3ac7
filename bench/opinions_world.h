/* opinions_world.h - a seeded, made-up conversation of any size, with groups planted in it.
 *
 * Activity follows a power law (a few answer nearly everything, most answer little), and early
 * statements are seen more often. Answers follow a latent plane with four groups of people.
 * The caller frees start, target, value and group. */
#ifndef BENCH_OPINIONS_WORLD_H
#define BENCH_OPINIONS_WORLD_H

#include <stdint.h>

#include "maths/csr.h"

struct world {
    struct csr votes;
    uint8_t *group; /* the planted one */
};

void world_make(struct world *world, uint32_t people, uint32_t statements, uint64_t votes,
                uint64_t seed);
void world_free(struct world *world);

#endif
