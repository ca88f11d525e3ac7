/* seal.h - closing text so that only the vault can open it again.
 *
 * XChaCha20-Poly1305 (libsodium) with a fresh random nonce in front. What the sealed bytes
 * belong to (tenant, subject, item, purpose) is bound in as associated data: the same bytes put
 * in another row do not open. */
#ifndef NABIJ_CRYPTO_SEAL_H
#define NABIJ_CRYPTO_SEAL_H

#include "base/id.h"
#include "base/str.h"

enum { SEAL_KEY_BYTES = 32, SEAL_EXTRA = 24 + 16 };

struct seal_key {
    uint8_t b[SEAL_KEY_BYTES];
};

struct seal_about {
    struct id place, subject, item;
    struct str purpose; /* a constant of the program: "door", "look", "person key" … */
};

void seal_start(void); /* once a process, before anything else here */
struct seal_key seal_key_new(void);
void seal_key_forget(struct seal_key *key);

/* A key for one item, from the person's key: BLAKE2b keyed with the person's key over the item. */
struct seal_key seal_item_key(const struct seal_key *person, struct id item, struct str purpose);

struct str seal_close(struct arena *arena, const struct seal_key *key,
                      const struct seal_about *about, struct str plain);

/* The same into `sealed` (plain.len + SEAL_EXTRA bytes) with a nonce the caller drew itself: 24
 * bytes of secret randomness, never used twice. For the look log, which seals by the thousand. */
void seal_close_with(uint8_t *sealed, const uint8_t nonce[24], const struct seal_key *key,
                     const struct seal_about *about, struct str plain);

/* False when the bytes, the key or what it is about do not belong together. */
bool seal_open(struct arena *arena, const struct seal_key *key, const struct seal_about *about,
               struct str sealed, struct str *plain);

#endif
