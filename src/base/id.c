#include "base/id.h"

#include <string.h>

#include "base/arena.h"
#include "base/secret.h"

static const char alphabet[] = "abcdefghjkmnpqrstvwxyz0123456789";

struct id id_new(void)
{
    struct id id;
    secret_random(id.b, sizeof id.b);
    return id;
}

bool id_is(struct id a, struct id b)
{
    return memcmp(a.b, b.b, ID_BYTES) == 0;
}

bool id_is_none(struct id id)
{
    return id_is(id, (struct id){ { 0 } });
}

void id_write(struct id id, char letters[ID_LETTERS])
{
    unsigned held = 0, bits = 0;
    size_t at = 0;
    for (size_t i = 0; i < ID_LETTERS; i++) {
        if (bits < 5) {
            held = (held << 8) | (at < ID_BYTES ? id.b[at] : 0u);
            at++;
            bits += 8;
        }
        bits -= 5;
        letters[i] = alphabet[(held >> bits) & 31];
    }
}

struct str id_text(struct arena *arena, struct id id)
{
    char *letters = arena_take(arena, ID_LETTERS + 1);
    id_write(id, letters);
    return (struct str){ letters, ID_LETTERS };
}

bool id_read(struct str text, struct id *id)
{
    if (text.len != ID_LETTERS)
        return false;
    unsigned held = 0, bits = 0;
    size_t at = 0;
    for (size_t i = 0; i < ID_LETTERS; i++) {
        const char *found = text.at[i] ? strchr(alphabet, text.at[i]) : NULL;
        if (!found)
            return false;
        held = (held << 5) | (unsigned)(found - alphabet);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            id->b[at++] = (uint8_t)(held >> bits);
        }
    }
    return (held & ((1u << bits) - 1)) == 0; /* one text form an id */
}
