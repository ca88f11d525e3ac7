#include "crypto/seal.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/secret.h"

enum {
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    PURPOSE_LONGEST = 64,
    ABOUT = 3 * ID_BYTES + PURPOSE_LONGEST,
};
_Static_assert(SEAL_EXTRA == NONCE + crypto_aead_xchacha20poly1305_ietf_ABYTES, "nonce and tag");
_Static_assert(SEAL_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "key");

void seal_start(void)
{
    if (sodium_init() < 0) {
        fputs("nabij: libsodium does not start, stopping\n", stderr);
        abort();
    }
}

struct seal_key seal_key_new(void)
{
    struct seal_key key;
    secret_random(key.b, sizeof key.b);
    return key;
}

void seal_key_forget(struct seal_key *key)
{
    sodium_memzero(key, sizeof *key);
}

static void purpose_fits(struct str purpose)
{
    if (purpose.len > PURPOSE_LONGEST) { /* constants of the program: a bug, not input */
        fputs("nabij: a sealing purpose is longer than 64 bytes, stopping\n", stderr);
        abort();
    }
}

struct seal_key seal_item_key(const struct seal_key *person, struct id item, struct str purpose)
{
    struct seal_key key;
    uint8_t message[ID_BYTES + PURPOSE_LONGEST];
    purpose_fits(purpose);
    memcpy(message, item.b, ID_BYTES);
    if (purpose.len)
        memcpy(message + ID_BYTES, purpose.at, purpose.len);
    crypto_generichash(key.b, sizeof key.b, message, ID_BYTES + purpose.len, person->b,
                       sizeof person->b);
    return key;
}

/* Three ids of fixed length in front, so that no two things are written the same way. */
static size_t about_bytes(const struct seal_about *about, uint8_t bytes[ABOUT])
{
    purpose_fits(about->purpose);
    memcpy(bytes, about->place.b, ID_BYTES);
    memcpy(bytes + ID_BYTES, about->subject.b, ID_BYTES);
    memcpy(bytes + 2 * ID_BYTES, about->item.b, ID_BYTES);
    if (about->purpose.len)
        memcpy(bytes + 3 * ID_BYTES, about->purpose.at, about->purpose.len);
    return 3 * ID_BYTES + about->purpose.len;
}

void seal_close_with(uint8_t *sealed, const uint8_t nonce[24], const struct seal_key *key,
                     const struct seal_about *about, struct str plain)
{
    uint8_t with[ABOUT];
    size_t with_size = about_bytes(about, with);
    memcpy(sealed, nonce, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + NONCE, NULL, (const uint8_t *)plain.at,
                                               plain.len, with, with_size, NULL, nonce, key->b);
}

struct str seal_close(struct arena *arena, const struct seal_key *key,
                      const struct seal_about *about, struct str plain)
{
    uint8_t nonce[NONCE];
    secret_random(nonce, sizeof nonce);
    uint8_t *sealed = arena_take(arena, plain.len + SEAL_EXTRA);
    seal_close_with(sealed, nonce, key, about, plain);
    return (struct str){ (const char *)sealed, plain.len + SEAL_EXTRA };
}

bool seal_open(struct arena *arena, const struct seal_key *key, const struct seal_about *about,
               struct str sealed, struct str *plain)
{
    uint8_t with[ABOUT];
    if (sealed.len < SEAL_EXTRA)
        return false;
    size_t with_size = about_bytes(about, with);
    const uint8_t *bytes = (const uint8_t *)sealed.at;
    uint8_t *opened = arena_take(arena, sealed.len - SEAL_EXTRA + 1);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(opened, NULL, NULL, bytes + NONCE,
                                                   sealed.len - NONCE, with, with_size, bytes,
                                                   key->b) != 0)
        return false;
    *plain = (struct str){ (const char *)opened, sealed.len - SEAL_EXTRA };
    return true;
}
