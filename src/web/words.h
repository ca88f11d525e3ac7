/* words.h - what a person reads, in each language: tables made from locale/NAME.po by mkwords.
 *
 * A message is a number (enum message, in the generated messages.h); its words are UTF-8 with
 * arguments in braces: "until {day}". Everything here is constant and lives forever. */
#ifndef NABIJ_WEB_WORDS_H
#define NABIJ_WEB_WORDS_H

#include "base/str.h"

enum { WORDS_FORMS = 6 };

struct words {
    struct str form[WORDS_FORMS];
    uint8_t forms; /* 1, or as many as the language has plural forms */
    bool plain;    /* holds nothing that HTML would have escaped, and no arguments */
};

struct language {
    struct str code, name; /* "nl", "Nederlands" (as its readers call it) */
    bool right_to_left;
    const struct words *words; /* by enum message */
};

/* The first one is the reference: every message exists in it, and so in all. */
extern const struct language languages[];
extern const size_t language_count;

/* NULL when there is no such language. */
const struct language *language_find(struct str code);

/* Which plural form n takes, from 0. By the plural rules of CLDR for whole numbers; a language
 * that is not known takes those of English. mkwords refuses a catalogue with another count. */
int words_plural(struct str code, int64_t n);

/* How many forms the language has; 0 when it is not known. */
int words_plural_forms(struct str code);

#endif
