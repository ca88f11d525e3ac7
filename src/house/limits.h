/* limits.h - how often: a fixed table of leaky buckets, in memory only.
 *
 * An address is never written down: its bucket is found by a keyed fingerprint. When the table is
 * full, the least used bucket makes room, so that a flood cannot make it grow. */
#ifndef NABIJ_HOUSE_LIMITS_H
#define NABIJ_HOUSE_LIMITS_H

#include "base/day.h"
#include "base/id.h"

struct limits;

struct limits *limits_new(void);
void limits_free(struct limits *limits);

/* Counts one; true while it stays within `most` in `window` milliseconds. */
bool limits_take(struct limits *limits, struct id who, int64_t most, int64_t window,
                 struct moment now);

/* Looks without counting. */
bool limits_left(struct limits *limits, struct id who, int64_t most, int64_t window,
                 struct moment now);

#endif
