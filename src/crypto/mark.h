/* mark.h - fingerprints and derived keys: BLAKE2b (libsodium), always with a purpose in front so
 * that a fingerprint made for one thing is worth nothing for another. */
#ifndef NABIJ_CRYPTO_MARK_H
#define NABIJ_CRYPTO_MARK_H

#include "base/id.h"
#include "crypto/seal.h"

/* 16 bytes that stand for a secret text (a session token, say) where the text may not stand. */
struct id mark_of(struct str purpose, struct str text);

/* The same, but only whoever holds the key can make it. */
struct id mark_keyed(const struct seal_key *key, struct str purpose, struct str text);

/* A key for one purpose out of a longer-lived one. */
struct seal_key key_derive(const struct seal_key *from, struct str purpose);

/* Takes the same time whatever differs. */
bool mark_same(struct str a, struct str b);

#endif
