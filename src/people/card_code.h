/* card_code.h - the arithmetic under a key card's words (people/card_words.h says why).
 *
 * Eight numbers of ten bits, the first six from the secret. Pure; nothing is kept. */
#ifndef NABIJ_PEOPLE_CARD_CODE_H
#define NABIJ_PEOPLE_CARD_CODE_H

#include "people/card_words.h"

enum { CARD_CODE_FITS = -1, CARD_CODE_LOST = -2 };

void card_code_make(const uint8_t secret[CARD_WORDS_SECRET], uint16_t code[CARD_WORDS]);
void card_code_secret(const uint16_t code[CARD_WORDS], uint8_t secret[CARD_WORDS_SECRET]);

/* FITS, or the place (0-7) of the one number that is wrong and in *right what it should be, or
 * LOST when more than one is wrong. */
int card_code_check(const uint16_t code[CARD_WORDS], int *right);

#endif
