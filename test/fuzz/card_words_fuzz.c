/* What somebody types from a key card. Whatever it is, a place that is named lies on the card, a
 * suggestion is a word of the list, and what is good writes the same words again. */
#include <stdlib.h>

#include "base/arena.h"
#include "people/card_words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    if (!arena)
        arena = arena_new(1 << 20);
    arena_reset(arena);
    uint8_t secret[CARD_WORDS_SECRET] = { 0 };
    int wrong = -1;
    struct str suggestion;
    struct str typed = str_keep(arena, (struct str){ (const char *)data, size });
    enum card_words_result result = card_words_read(arena, typed, secret, &wrong, &suggestion);
    bool names = result == CARD_WORDS_UNKNOWN_WORD || result == CARD_WORDS_WRONG_WORD;
    if (names != (wrong >= 1 && wrong <= CARD_WORDS) || suggestion.len > CARD_WORDS_LETTERS)
        abort();
    if (result == CARD_WORDS_GOOD) {
        struct str words[CARD_WORDS];
        uint8_t again[CARD_WORDS_SECRET];
        card_words_write(secret, words);
        struct str line =
            str_print(arena, "%s %s %s %s %s %s %s %s", words[0].at, words[1].at, words[2].at,
                      words[3].at, words[4].at, words[5].at, words[6].at, words[7].at);
        if (card_words_read(arena, line, again, &wrong, &suggestion) != CARD_WORDS_GOOD)
            abort();
    }
    return 0;
}
