/* bench/snowball.h - a made-up history of things that grew from each other. Every thing grows
 * from one, two or three earlier ones of its own stream (one of 1,500, in turn), seldom from
 * anywhere else; one in 50 begins by itself. */
#ifndef NABIJ_BENCH_SNOWBALL_H
#define NABIJ_BENCH_SNOWBALL_H

#include <stdint.h>

/* Fills child[] and parent[] with exactly `arrows` arrows; returns the number of things. */
uint32_t snowball_make(uint64_t arrows, uint64_t seed, uint32_t *child, uint32_t *parent);

#endif
