#include "crypto/note.h"

#include <string.h>

static const uint8_t ed25519 = 1;

static const char hex_digits[] = "0123456789abcdef";

void base64_write(const void *bytes, size_t size, struct out *out)
{
    size_t room = sodium_base64_ENCODED_LEN(size, sodium_base64_VARIANT_ORIGINAL);
    char *to = out_room(out, room);
    if (!to)
        return;
    sodium_bin2base64(to, room, bytes, size, sodium_base64_VARIANT_ORIGINAL);
    out->len += room - 1;
}

bool base64_read(struct str text, void *bytes, size_t size)
{
    enum { BASE64_MOST = 128 };
    size_t got;
    if (text.len >= BASE64_MOST ||
        text.len + 1 != sodium_base64_ENCODED_LEN(size, sodium_base64_VARIANT_ORIGINAL))
        return false;
    if (sodium_base642bin(bytes, size, text.at, text.len, NULL, &got, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0 ||
        got != size)
        return false;
    /* libsodium 1.0.18 takes some bytes from 128 up for letters: so compare. */
    char again[BASE64_MOST];
    sodium_bin2base64(again, sizeof again, bytes, size, sodium_base64_VARIANT_ORIGINAL);
    return memcmp(again, text.at, text.len) == 0;
}

bool whole_number(struct str text, uint64_t *number)
{
    uint64_t sum = 0;
    if (text.len == 0 || text.len > 20 || (text.len > 1 && text.at[0] == '0'))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9' || __builtin_mul_overflow(sum, 10, &sum) ||
            __builtin_add_overflow(sum, (uint64_t)(text.at[i] - '0'), &sum))
            return false;
    }
    *number = sum;
    return true;
}

static bool good_name(struct str name)
{
    if (name.len == 0 || name.len > NOTE_NAME || !str_utf8(name, NULL))
        return false;
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.at[i] <= ' ' || name.at[i] == '+' || name.at[i] == 127)
            return false;
    return true;
}

static void key_name(struct note_key *key, struct str name)
{
    struct sha256 sha;
    memcpy(key->name, name.at, name.len);
    key->name[name.len] = 0;
    sha256_start(&sha);
    sha256_add(&sha, name.at, name.len);
    sha256_add(&sha, "\n\1", 2);
    sha256_add(&sha, key->public_key, sizeof key->public_key);
    struct hash hash = sha256_end(&sha);
    memcpy(key->id, hash.b, sizeof key->id);
}

bool note_signer_make(struct note_signer *signer, struct str name, const uint8_t seed[32])
{
    if (!good_name(name))
        return false;
    crypto_sign_seed_keypair(signer->key.public_key, signer->secret_key, seed);
    key_name(&signer->key, name);
    return true;
}

void note_signer_forget(struct note_signer *signer)
{
    sodium_memzero(signer, sizeof *signer);
}

void note_key_write(const struct note_key *key, struct out *out)
{
    uint8_t typed[33] = { ed25519 };
    memcpy(typed + 1, key->public_key, 32);
    out_raw(out, str_of(key->name));
    out_byte(out, '+');
    for (size_t i = 0; i < sizeof key->id; i++) {
        out_byte(out, hex_digits[key->id[i] >> 4]);
        out_byte(out, hex_digits[key->id[i] & 15]);
    }
    out_byte(out, '+');
    base64_write(typed, sizeof typed, out);
}

bool note_key_read(struct str text, struct note_key *key)
{
    struct str name, id;
    uint8_t typed[33];
    if (!str_split(&text, '+', &name) || !str_split(&text, '+', &id) || !text.at ||
        !good_name(name) || id.len != 8 || !base64_read(text, typed, sizeof typed) ||
        typed[0] != ed25519)
        return false;
    memcpy(key->public_key, typed + 1, 32);
    key_name(key, name);
    for (size_t i = 0; i < sizeof key->id; i++)
        if (id.at[2 * i] != hex_digits[key->id[i] >> 4] ||
            id.at[2 * i + 1] != hex_digits[key->id[i] & 15])
            return false;
    return true;
}

void note_sign(const struct note_signer *signer, struct str text, struct out *note)
{
    uint8_t line[4 + 64];
    memcpy(line, signer->key.id, 4);
    crypto_sign_detached(line + 4, NULL, (const uint8_t *)text.at, text.len, signer->secret_key);
    out_raw(note, text);
    out_print(note, "\n\u2014 %s ", signer->key.name);
    base64_write(line, sizeof line, note);
    out_byte(note, '\n');
}

/* One line "— name base64(id || signature)". */
static enum note_result signature_line(struct str line, struct str text, const struct note_key *key)
{
    struct str name;
    uint8_t signature[4 + 64];
    if (!str_starts(line, STR("\u2014 ")))
        return NOTE_BROKEN;
    line = str_from(line, STR("\u2014 ").len);
    if (!str_split(&line, ' ', &name) || !line.at || !good_name(name) || line.len == 0)
        return NOTE_BROKEN;
    if (!str_is(name, str_of(key->name)) || !base64_read(line, signature, sizeof signature) ||
        memcmp(signature, key->id, 4) != 0)
        return NOTE_NO_SIGNATURE;
    return crypto_sign_verify_detached(signature + 4, (const uint8_t *)text.at, text.len,
                                       key->public_key) == 0
               ? NOTE_GOOD
               : NOTE_WRONG_SIGNATURE;
}

enum note_result note_read(struct str note, const struct note_key *key, struct str *text)
{
    enum { NOTE_LARGEST = 64 * 1024, NOTE_SIGNATURES = 64 };
    if (note.len > NOTE_LARGEST || !str_utf8(note, NULL) || !str_ends(note, STR("\n")))
        return NOTE_BROKEN;
    /* The signatures follow the last empty line. */
    size_t split = note.len, next = 0;
    for (; next + 1 < note.len; next++)
        if (note.at[next] == '\n' && note.at[next + 1] == '\n')
            split = next;
    if (split == note.len)
        return NOTE_BROKEN;
    *text = str_first(note, split + 1);
    struct str rest = str_from(note, split + 2), line;
    enum note_result result = NOTE_NO_SIGNATURE;
    for (int lines = 0; rest.len; lines++) {
        str_split(&rest, '\n', &line);
        enum note_result one =
            lines < NOTE_SIGNATURES ? signature_line(line, *text, key) : NOTE_BROKEN;
        if (one == NOTE_BROKEN || one == NOTE_WRONG_SIGNATURE)
            return one;
        if (one == NOTE_GOOD)
            result = NOTE_GOOD;
    }
    return result;
}

void checkpoint_write(const struct checkpoint *checkpoint, struct out *text)
{
    out_raw(text, checkpoint->origin);
    out_print(text, "\n%llu\n", (unsigned long long)checkpoint->size);
    base64_write(checkpoint->root.b, HASH_BYTES, text);
    out_byte(text, '\n');
}

bool checkpoint_read(struct str text, struct checkpoint *checkpoint)
{
    struct str size, root;
    if (!str_ends(text, STR("\n")))
        return false;
    return str_split(&text, '\n', &checkpoint->origin) && checkpoint->origin.len > 0 &&
           str_split(&text, '\n', &size) && whole_number(size, &checkpoint->size) &&
           str_split(&text, '\n', &root) && text.at &&
           base64_read(root, checkpoint->root.b, HASH_BYTES);
}
