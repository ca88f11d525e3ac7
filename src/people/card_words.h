/* card_words.h - the eight words on a key card: a secret that survives being read out, written
 * over and typed in again.
 *
 * A secret is 60 bits: bytes 0-6 and the high half of byte 7 (the low half is always 0). Six
 * words carry ten bits each, first bits first; two check words complete a Reed-Solomon code over
 * GF(1024) (primitive polynomial x^10 + x^3 + 1, roots a and a^2; word 1 is the coefficient of
 * x^7), so that any two cards differ in at least three words. That finds one wrong word, also
 * when it is itself a word of the list, and says which one it should have been: nothing that a
 * reader could not compute, because checking words hold no secret of their own.
 *
 * Sources: I. Reed and G. Solomon, "Polynomial Codes over Certain Finite Fields", 1960;
 * F. Damerau, "A technique for computer detection and correction of spelling errors", 1964. */
#ifndef NABIJ_PEOPLE_CARD_WORDS_H
#define NABIJ_PEOPLE_CARD_WORDS_H

#include "base/str.h"

enum {
    CARD_WORDS = 8,
    CARD_WORDS_LIST = 1024,
    CARD_WORDS_LETTERS = 7,
    CARD_WORDS_SECRET = 8,        /* bytes, of which 60 bits are used */
    CARD_WORDS_TYPED_LIMIT = 1024 /* bytes of typed text that are looked at */
};

enum card_words_result {
    CARD_WORDS_GOOD,
    CARD_WORDS_TOO_FEW,
    CARD_WORDS_TOO_MANY,
    CARD_WORDS_UNKNOWN_WORD,  /* a word that is not on the list */
    CARD_WORDS_WRONG_WORD,    /* a word of the list that cannot be right at this place */
    CARD_WORDS_BEYOND_REPAIR, /* two or more words are wrong; nothing can be said about which */
};

/* The words live as long as the program. */
void card_words_write(const uint8_t secret[CARD_WORDS_SECRET], struct str words[CARD_WORDS]);

/* Reads what somebody typed: upper and lower case, accents, 'ij' as one sign, numbers before the
 * words, any dots, commas, dashes and white space between them. `secret` is written only when
 * GOOD. For UNKNOWN_WORD and WRONG_WORD *wrong_word is its place counted from 1 and *suggestion
 * the word meant (empty when nothing comes near); otherwise 0 and empty. *suggestion lives as
 * long as the program; the arena holds what is needed on the way. */
enum card_words_result card_words_read(struct arena *arena, struct str typed,
                                       uint8_t secret[CARD_WORDS_SECRET], int *wrong_word,
                                       struct str *suggestion);

/* Sorted, a-z only, 3 to 7 letters, no two within one slip (Damerau) of each other. */
extern const char card_words_list[CARD_WORDS_LIST][CARD_WORDS_LETTERS + 1];

#endif
