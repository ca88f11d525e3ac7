/* words.h - cuts a text into sentences and words.
 *
 * A sentence ends at . ! ? or an ellipsis before white space, unless the mark belongs to an
 * abbreviation or what follows goes on in lower case; at a blank line; and where the next line
 * begins a list item, a number or a capital. A word is a run of letters and digits, with
 * apostrophes and hyphens inside it. */
#ifndef NABIJ_LANGUAGE_WORDS_H
#define NABIJ_LANGUAGE_WORDS_H

#include "base/str.h"

struct word {
    size_t start, length; /* bytes in the text */
    struct str lower;     /* the same letters in lower case */
    size_t sentence;
    bool after_mark; /* a comma, colon, bracket or the like stands between it and the one before */
};

struct word_list {
    struct word *at;
    size_t count, sentences;
};

/* The words live in the arena. Bytes that are not UTF-8 count as letters. */
struct word_list words_cut(struct arena *arena, struct str text);

size_t letters_in(struct str lower);
size_t syllables_in_dutch(struct str lower);
size_t syllables_in_english(struct str lower);

#endif
