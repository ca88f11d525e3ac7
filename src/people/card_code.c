#include "people/card_code.h"

enum { DATA_WORDS = 6, WORD_BITS = 10, FIELD = 1 << WORD_BITS, REDUCE = 0x409 };

/* a * b in GF(1024) modulo x^10 + x^3 + 1. Shifts and adds: a card is read once in its life. */
static uint16_t times(unsigned a, unsigned b)
{
    unsigned sum = 0;
    for (int bit = 0; bit < WORD_BITS; bit++) {
        if (b >> bit & 1)
            sum ^= a;
        a <<= 1;
        if (a & FIELD)
            a ^= REDUCE;
    }
    return (uint16_t)sum;
}

/* 1/a = a^(2^10 - 2); a is not 0. */
static uint16_t inverse(uint16_t a)
{
    uint16_t result = 1;
    for (int i = 1; i < WORD_BITS; i++) {
        a = times(a, a);
        result = times(result, a);
    }
    return result;
}

static uint16_t value_at(const uint16_t code[CARD_WORDS], uint16_t x)
{
    uint16_t sum = 0;
    for (int i = 0; i < CARD_WORDS; i++)
        sum = times(sum, x) ^ code[i];
    return sum;
}

enum { A = 2, A2 = 4, A_AND_A2 = A ^ A2 };

/* The check words c6 x + c7 must make the whole zero at a and at a^2. */
void card_code_make(const uint8_t secret[CARD_WORDS_SECRET], uint16_t code[CARD_WORDS])
{
    uint64_t bits = 0;
    for (int i = 0; i < CARD_WORDS_SECRET; i++)
        bits = bits << 8 | secret[i];
    for (int i = 0; i < DATA_WORDS; i++)
        code[i] = (uint16_t)(bits >> (64 - WORD_BITS * (i + 1)) & (FIELD - 1));
    code[6] = code[7] = 0;
    uint16_t at_a = value_at(code, A), at_a2 = value_at(code, A2);
    code[6] = times(at_a ^ at_a2, inverse(A_AND_A2));
    code[7] = at_a ^ times(code[6], A);
}

void card_code_secret(const uint16_t code[CARD_WORDS], uint8_t secret[CARD_WORDS_SECRET])
{
    uint64_t bits = 0;
    for (int i = 0; i < DATA_WORDS; i++)
        bits |= (uint64_t)code[i] << (64 - WORD_BITS * (i + 1));
    for (int i = 0; i < CARD_WORDS_SECRET; i++)
        secret[i] = (uint8_t)(bits >> (56 - 8 * i));
}

/* An error e at the power p of x leaves e a^p at a and e a^2p at a^2; their quotient is a^p. */
int card_code_check(const uint16_t code[CARD_WORDS], int *right)
{
    uint16_t at_a = value_at(code, A), at_a2 = value_at(code, A2);
    if (at_a == 0 && at_a2 == 0)
        return CARD_CODE_FITS;
    if (at_a == 0 || at_a2 == 0)
        return CARD_CODE_LOST;
    uint16_t where = times(at_a2, inverse(at_a)), power = 1;
    for (int place = CARD_WORDS - 1; place >= 0; place--) {
        if (power == where) {
            *right = code[place] ^ times(at_a, inverse(power));
            return place;
        }
        power = times(power, A);
    }
    return CARD_CODE_LOST;
}
