/* cache.h - finished pages for strangers, good until the very next commit.
 *
 * Kept with the commit count of the snapshot that they were made of, so that what is withdrawn is
 * gone from the next request on. */
#ifndef NABIJ_HOUSE_CACHE_H
#define NABIJ_HOUSE_CACHE_H

#include "base/day.h"
#include "web/server.h"

struct cache;

struct cache_key {
    struct str path, language;
    struct day today;
};

struct cache *cache_new(void);
void cache_free(struct cache *cache);

/* True when the exchange was answered from here. */
bool cache_answer(struct cache *cache, const struct cache_key *key, uint64_t commits,
                  struct exchange *exchange);
void cache_keep(struct cache *cache, const struct cache_key *key, uint64_t commits,
                const struct answer *answer);

#endif
