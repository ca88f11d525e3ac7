#include "crypto/passphrase.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "crypto/passphrase_known.h"

enum {
    LEAST_CHARACTERS = 15,
    LEAST_WORDS = 4,
    WORD_LETTERS = 2,
    LONGEST = 1024,
    PASSES = 2,
    MEMORY = 19 * 1024 * 1024,
};

static bool cheap_for_tests;

void passphrase_cheap(bool cheap)
{
    cheap_for_tests = cheap;
}

/* Words that differ from all before them, up to LEAST_WORDS. */
static size_t different_words(struct str text)
{
    struct str found[LEAST_WORDS], word;
    size_t count = 0;
    while (count < LEAST_WORDS && str_split(&text, ' ', &word)) {
        bool new = str_characters(word) >= WORD_LETTERS;
        for (size_t i = 0; i < count; i++)
            new = new && !str_is(found[i], word);
        if (new)
            found[count++] = word;
    }
    return count;
}

/* Small letters and digits only; letters outside ASCII stay as they are. */
static size_t fold(struct str text, char folded[LONGEST])
{
    size_t size = 0;
    for (size_t i = 0; i < text.len && size < LONGEST; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c >= 'A' && c <= 'Z')
            c = (unsigned char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80)
            folded[size++] = (char)c;
    }
    return size;
}

static struct str without_end_digits(struct str folded)
{
    size_t most = 4; /* a year, a house number */
    while (folded.len && most-- && folded.at[folded.len - 1] >= '0' &&
           folded.at[folded.len - 1] <= '9')
        folded.len--;
    return folded;
}

static bool on_the_list(struct str folded)
{
    char known[LONGEST];
    struct str shorter = without_end_digits(folded);
    for (size_t i = 0; i < passphrases_known_count; i++) {
        struct str one = { known, fold(str_of(passphrases_known[i]), known) };
        if (str_is(one, folded) || str_is(one, shorter))
            return true;
    }
    return false;
}

/* One to six characters said over and over ("abcabcabcabcabc", "111111111111111"). */
static bool over_and_over(struct str folded)
{
    for (size_t piece = 1; piece <= 6 && piece * 2 <= folded.len; piece++)
        if (memcmp(folded.at, folded.at + piece, folded.len - piece) == 0)
            return true;
    return false;
}

static bool row_of_keys(struct str folded)
{
    static const char *const rows[] = {
        "01234567890123456789012345678901234567890",
        "98765432109876543210987654321098765432109876543210",
        "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
        "abcdefghijklmnopqrstuvwxyz0123456789",
        "zyxwvutsrqponmlkjihgfedcba",
        "qwertyuiopasdfghjklzxcvbnm1234567890",
        "azertyuiopqsdfghjklmwxcvbn",
        "qazwsxedcrfvtgbyhnujmikolp",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
        "1q2w3e4r5t6y7u8i9o0p",
        "q1w2e3r4t5y6u7i8o9p0",
        "123qweasdzxc123qweasdzxc",
        "qwerty123456qwerty123456",
    };
    for (size_t i = 0; folded.len && i < sizeof rows / sizeof *rows; i++) {
        struct str row = str_of(rows[i]);
        if (str_find(row, folded) < row.len)
            return true;
    }
    return false;
}

enum passphrase_judgement passphrase_judge(struct str passphrase)
{
    struct str text = str_trim(passphrase);
    char folded_bytes[LONGEST];
    if (text.len > LONGEST)
        return PASSPHRASE_LONG;
    if (str_characters(text) < LEAST_CHARACTERS && different_words(text) < LEAST_WORDS)
        return PASSPHRASE_SHORT;
    struct str folded = { folded_bytes, fold(text, folded_bytes) };
    bool known = on_the_list(folded) || over_and_over(folded) || row_of_keys(folded);
    sodium_memzero(folded_bytes, sizeof folded_bytes);
    return known ? PASSPHRASE_KNOWN : PASSPHRASE_GOOD;
}

static unsigned long long passes(void)
{
    return cheap_for_tests ? crypto_pwhash_OPSLIMIT_MIN : PASSES;
}

static size_t memory(void)
{
    return cheap_for_tests ? crypto_pwhash_MEMLIMIT_MIN : MEMORY;
}

struct str passphrase_hash(struct arena *arena, struct str passphrase)
{
    struct str text = str_trim(passphrase);
    char *stored = arena_take(arena, crypto_pwhash_STRBYTES);
    if (crypto_pwhash_str_alg(stored, text.at ? text.at : "", text.len, passes(), memory(),
                              crypto_pwhash_ALG_ARGON2ID13) != 0) {
        fputs("nabij: no memory to keep a passphrase safe, stopping\n", stderr);
        _Exit(70);
    }
    return str_of(stored);
}

/* Where there is no account the same work is done against this, and thrown away. */
static void nobody(char stored[crypto_pwhash_STRBYTES])
{
    snprintf(stored, crypto_pwhash_STRBYTES, "$argon2id$v=19$m=%zu,t=%llu,p=1$%s$%s",
             memory() / 1024, passes(), "bmFiaWpuYWJpam5hYmlqbg",
             "bmFiaWpuYWJpam5hYmlqbmFiaWpuYWJpam5hYmlqbmE");
}

bool passphrase_fits(struct str stored, struct str passphrase)
{
    char text[crypto_pwhash_STRBYTES] = { 0 };
    struct str typed = str_trim(passphrase);
    bool somebody = stored.len > 0 && stored.len < sizeof text;
    if (somebody)
        memcpy(text, stored.at, stored.len);
    else
        nobody(text);
    if (typed.len > LONGEST) { /* could never have been stored; the work is done all the same */
        typed.len = 0;
        somebody = false;
    }
    bool fits = crypto_pwhash_str_verify(text, typed.at ? typed.at : "", typed.len) == 0;
    return fits && somebody;
}
