/* maths/random.h - the one random generator of the five engines: small, fast, repeatable.
 *
 * xoshiro256** seeded by splitmix64 (Blackman and Vigna, "Scrambled linear pseudorandom
 * number generators", ACM TOMS 47(4), 2021). The same seed gives the same stream on every
 * machine. For simulation and search only: secrets come from base/random.h. */
#ifndef NABIJ_MATHS_RANDOM_H
#define NABIJ_MATHS_RANDOM_H

#include <stdint.h>

struct random {
    uint64_t s[4];
};

void random_seed(struct random *r, uint64_t seed);

/* An independent stream for part `part` of a piece of work (a thread, a restart), so that
 * the answer does not depend on how many threads share the work. */
void random_split(struct random *r, uint64_t seed, uint64_t part);

static inline uint64_t random_rotate(uint64_t x, int k)
{
    return (x << k) | (x >> (64 - k));
}

static inline uint64_t random_u64(struct random *r)
{
    uint64_t result = random_rotate(r->s[1] * 5, 7) * 9, t = r->s[1] << 17;
    r->s[2] ^= r->s[0];
    r->s[3] ^= r->s[1];
    r->s[1] ^= r->s[2];
    r->s[0] ^= r->s[3];
    r->s[2] ^= t;
    r->s[3] = random_rotate(r->s[3], 45);
    return result;
}

/* 0 … below-1 without bias worth naming (below ≤ 2^32: multiply and shift, Lemire 2019). */
static inline uint32_t random_below(struct random *r, uint32_t below)
{
    return (uint32_t)(((random_u64(r) >> 32) * (uint64_t)below) >> 32);
}

/* 0 ≤ x < 1, 53 bits. */
static inline double random_unit(struct random *r)
{
    return (double)(random_u64(r) >> 11) * 0x1.0p-53;
}

#endif
