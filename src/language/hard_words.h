/* hard_words.h - words from offices, and what people say at a kitchen table instead.
 *
 * An entry is a word or a few words in lower case. A star at the end stands for any ending
 * (participe* finds participeren and participerende). The lists are our own. */
#ifndef NABIJ_LANGUAGE_HARD_WORDS_H
#define NABIJ_LANGUAGE_HARD_WORDS_H

#include "language/words.h"

struct hard_word {
    struct str hard, plain;
};

extern const struct hard_word hard_words_dutch[], hard_words_english[];
extern const size_t hard_words_dutch_count, hard_words_english_count;

/* The entry with the most words (then the most letters) that begins at words[0] of `left` words;
 * *taken is how many it covers. NULL when none does. Never across the end of a sentence. */
const struct hard_word *hard_word_at(const struct hard_word *table, size_t entries,
                                     const struct word *words, size_t left, size_t *taken);

#endif
