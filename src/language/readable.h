/* readable.h - how readable is a text for a resident: hints, never a gate.
 *
 * Somebody who writes a mandate card sees beside the text which sentences are long, which words
 * are long or hard and what could stand there instead, and (in Dutch) where nobody is said to do
 * the work. The aim is Dutch at level B1: common words, active sentences of at most 15 words on
 * average. Counting is by rule of thumb (a syllable is a group of vowels), so a hint can be wrong;
 * the writer decides.
 *
 * Places are byte offsets into the text given; the alternatives live as long as the program. */
#ifndef NABIJ_LANGUAGE_READABLE_H
#define NABIJ_LANGUAGE_READABLE_H

#include "base/str.h"

enum readable_language { READABLE_DUTCH, READABLE_ENGLISH };

enum {
    READABLE_SENTENCE_WORDS = 15, /* more than this is a long sentence */
    READABLE_WORD_LETTERS = 14,   /* more than this, or */
    READABLE_WORD_SYLLABLES = 4,  /* more than this, is a long word */
    READABLE_LIMIT = 64 * 1024,   /* bytes looked at; what comes after is left out */
    READABLE_HINTS = 200          /* kept; what comes after is only counted */
};

enum hint_kind {
    HINT_LONG_SENTENCE, /* amount = its words */
    HINT_LONG_WORD,     /* amount = its letters */
    HINT_HARD_WORD,     /* alternative = a plainer word */
    HINT_PASSIVE        /* from the form of 'worden' to the participle, or the other way round */
};

struct hint {
    enum hint_kind kind;
    size_t sentence;      /* counted from 0 */
    size_t start, length; /* in the text, in bytes */
    size_t amount;
    struct str alternative; /* empty unless HARD_WORD */
};

struct readable {
    size_t sentences, words;
    size_t words_a_sentence_tenths; /* 152 = 15.2 on average; 0 when there is no text */
    size_t longest_sentence;        /* in words */
    size_t long_sentences, long_words, hard_words, passives;
    const struct hint *hints; /* in the order of the text */
    size_t hint_count;        /* at most READABLE_HINTS */
    bool cut;                 /* the text was longer than READABLE_LIMIT */
};

/* Any bytes will do; nothing is refused. The hints live in the arena, which needs about sixty
 * times the text while looking. */
struct readable readable_look(struct arena *arena, struct str text,
                              enum readable_language language);

#endif
