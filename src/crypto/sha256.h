/* sha256.h - SHA-256 and HMAC-SHA256, with the processor's own instructions where it has them.
 *
 * The look log hashes some twenty blocks an entry; libsodium 1.0.18 has no SHA extensions and
 * takes several times as long (bench/looklog_bench.c prints the ratio). Without them libsodium
 * does the work; test/unit/sha256_test.c compares the two. FIPS 180-4, RFC 2104. */
#ifndef NABIJ_CRYPTO_SHA256_H
#define NABIJ_CRYPTO_SHA256_H

#include <sodium.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HASH_BYTES = 32 };

struct hash {
    uint8_t b[HASH_BYTES];
};

struct sha256 {
    crypto_hash_sha256_state state;
};

void sha256_start(struct sha256 *sha);
void sha256_add(struct sha256 *sha, const void *bytes, size_t size);
struct hash sha256_end(struct sha256 *sha);
struct hash sha256(const void *bytes, size_t size);

/* HMAC with a key of 32 bytes. */
struct hash hmac_sha256(const uint8_t key[32], const void *bytes, size_t size);

bool hash_is(const struct hash *a, const struct hash *b);

/* For tests and the bench: leave the processor's instructions alone. */
void sha256_plain(bool plain);
bool sha256_has_instructions(void);

#endif
