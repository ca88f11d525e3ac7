#include "crypto/mark.h"

#include <sodium.h>
#include <string.h>

static void hash(const struct seal_key *key, struct str purpose, struct str text, void *to,
                 size_t size)
{
    crypto_generichash_state state;
    uint64_t length = purpose.len;
    crypto_generichash_init(&state, key ? key->b : NULL, key ? SEAL_KEY_BYTES : 0, size);
    crypto_generichash_update(&state, (const uint8_t *)&length, sizeof length);
    crypto_generichash_update(&state, (const uint8_t *)purpose.at, purpose.len);
    crypto_generichash_update(&state, (const uint8_t *)text.at, text.len);
    crypto_generichash_final(&state, to, size);
    sodium_memzero(&state, sizeof state);
}

struct id mark_of(struct str purpose, struct str text)
{
    struct id mark;
    hash(NULL, purpose, text, mark.b, sizeof mark.b);
    return mark;
}

struct id mark_keyed(const struct seal_key *key, struct str purpose, struct str text)
{
    struct id mark;
    hash(key, purpose, text, mark.b, sizeof mark.b);
    return mark;
}

struct seal_key key_derive(const struct seal_key *from, struct str purpose)
{
    struct seal_key key;
    hash(from, purpose, STR(""), key.b, sizeof key.b);
    return key;
}

bool mark_same(struct str a, struct str b)
{
    return a.len == b.len && sodium_memcmp(a.at, b.at, a.len) == 0;
}
