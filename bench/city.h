/* bench/city.h - a made-up city for measuring: people in streets, streets in quarters,
 * quarters in districts, and a few ties across town. The same seed gives the same city. */
#ifndef NABIJ_BENCH_CITY_H
#define NABIJ_BENCH_CITY_H

#include <stdbool.h>
#include <stdint.h>

/* Fills a[] and b[] with `lines` lines between 0 … people - 1 (none twice, none to
 * oneself). Half of a person's lines stay in the street, most of the rest in the quarter
 * or the district, 7 in 100 go anywhere. One person in 16 hardly knows anybody. With
 * `shuffled` the numbers say nothing about where somebody lives. */
void city_make(uint32_t people, uint64_t lines, uint64_t seed, bool shuffled, uint32_t *a,
               uint32_t *b);

#endif
