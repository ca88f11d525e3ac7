#include "maths/tables_starters.h"

#include <string.h>

#include "base/memory.h"

/* A kept design: `bases` base rounds of all slots, table after table, then `across` rounds
 * that the turning leaves as they are: one place of each wheel sits at table 0. */
struct kept {
    uint8_t groups, seats, turns, orbits, still, bases, across;
    const uint8_t *slots;
};

static const uint8_t base_5_3[] = { 7, 10, 2, 14, 5, 8, 4, 3, 1, 6, 13, 12, 9, 0, 11 };
static const uint8_t base_6_3[] = { 2,  3,  5, 8,  14, 9,  6, 7,  11, 15, 1, 12,
                                    13, 16, 4, 17, 0,  10, 1, 13, 10, 12, 4, 3,
                                    14, 17, 7, 6,  9,  2,  0, 16, 8,  11, 5, 15 };
static const uint8_t base_7_3[] = { 19, 15, 20, 5,  4, 0, 14, 2, 10, 7, 11, 13, 12, 17, 1,
                                    9,  3,  18, 16, 8, 6, 0,  0, 0,  0, 5,  4,  0,  3,  6 };
static const uint8_t base_8_3[] = { 0, 22, 17, 9,  12, 1, 6,  4,  14, 21, 16, 20,
                                    7, 2,  3,  13, 15, 8, 11, 10, 19, 23, 5,  18 };
static const uint8_t base_9_3[] = { 10, 15, 1, 6, 14, 26, 23, 8,  24, 5,  7,  18, 25, 17,
                                    0,  11, 4, 3, 19, 16, 9,  12, 2,  21, 20, 22, 13 };
static const uint8_t base_10_3[] = { 19, 23, 12, 24, 5,  10, 20, 7,  3,  0,  22, 6,  27, 15, 16,
                                     1,  2,  4,  28, 18, 9,  21, 26, 11, 13, 25, 17, 29, 8,  14 };
static const uint8_t base_6_4[] = { 19, 6,  13, 23, 14, 3, 15, 17, 11, 2,  18, 21,
                                    7,  22, 1,  16, 8,  4, 0,  5,  10, 20, 12, 9 };
static const uint8_t base_7_4[] = { 12, 18, 8, 17, 20, 16, 22, 24, 6,  7,  15, 25,
                                    21, 27, 3, 5,  14, 19, 2,  1,  13, 26, 23, 11,
                                    10, 9,  0, 4,  0,  0,  0,  0,  0,  4,  1,  6 };
static const uint8_t base_9_4[] = { 31, 12, 17, 30, 16, 34, 4,  26, 14, 29, 13, 25,
                                    33, 15, 32, 1,  28, 35, 3,  19, 7,  6,  23, 0,
                                    11, 5,  20, 2,  8,  21, 18, 10, 9,  24, 27, 22 };
static const uint8_t base_6_5[] = { 6, 19, 20, 24, 10, 21, 0,  28, 14, 9,  16, 3,  1,  7,  8,
                                    4, 25, 23, 29, 5,  22, 18, 12, 2,  13, 15, 26, 27, 17, 11 };
static const uint8_t base_10_5[] = { 9,  18, 49, 32, 2,  46, 3,  22, 39, 35, 0,  29, 23,
                                     34, 26, 25, 41, 40, 20, 43, 12, 14, 38, 15, 19, 48,
                                     24, 16, 31, 37, 10, 1,  27, 28, 44, 7,  6,  4,  36,
                                     17, 45, 13, 5,  42, 33, 47, 11, 8,  30, 21 };
static const uint8_t base_10_6[] = { 7,  49, 42, 11, 2,  24, 22, 17, 32, 27, 26, 43, 1,  8,  50,
                                     37, 52, 46, 51, 59, 18, 41, 3,  34, 15, 47, 57, 25, 5,  35,
                                     4,  21, 45, 23, 9,  12, 54, 16, 0,  31, 53, 14, 33, 6,  39,
                                     30, 19, 38, 10, 36, 58, 44, 55, 29, 28, 56, 20, 48, 40, 13 };
static const uint8_t base_10_7[] = { 14, 19, 40, 33, 67, 3,  37, 44, 21, 57, 2,  41, 5,  22,
                                     8,  12, 64, 46, 1,  20, 13, 29, 28, 52, 26, 31, 4,  18,
                                     48, 34, 47, 43, 11, 36, 49, 30, 35, 61, 9,  15, 62, 24,
                                     10, 63, 54, 39, 38, 50, 23, 42, 69, 25, 58, 32, 7,  68,
                                     6,  60, 65, 0,  56, 53, 51, 66, 59, 17, 16, 45, 55, 27 };

static const struct kept kept[] = {
    { 5, 3, 7, 2, 1, 1, 0, base_5_3 },    { 6, 3, 4, 4, 2, 2, 0, base_6_3 },
    { 7, 3, 7, 3, 0, 1, 3, base_7_3 },    { 8, 3, 11, 2, 2, 1, 0, base_8_3 },
    { 9, 3, 13, 2, 1, 1, 0, base_9_3 },   { 10, 3, 14, 2, 2, 1, 0, base_10_3 },
    { 6, 4, 7, 3, 3, 1, 0, base_6_4 },    { 7, 4, 7, 4, 0, 1, 2, base_7_4 },
    { 9, 4, 11, 3, 3, 1, 0, base_9_4 },   { 6, 5, 6, 5, 0, 1, 0, base_6_5 },
    { 10, 5, 9, 5, 5, 1, 0, base_10_5 },  { 10, 6, 8, 7, 4, 1, 0, base_10_6 },
    { 10, 7, 7, 10, 0, 1, 0, base_10_7 },
};

/* Ten tables: row a of people goes from table x to table r_a(x) each round. Rows 0 to 3 and
 * 4 to 7 are turned copies of two exchanges of tables, row 8 stays (Wanless, European
 * Journal of Combinatorics 22, 2001, showed that the powers of rows can do this). */
static const uint8_t ten_rows[2][10] = {
    { 1, 4, 7, 5, 6, 8, 9, 3, 2, 0 },
    { 2, 5, 9, 8, 7, 3, 1, 0, 6, 4 },
};

/* Two orthogonal Latin squares of order ten, turned over nine places. */
static const uint8_t ten_squares[2][10] = {
    { 0, 8, 1, 5, 9, 6, 2, 4, 3, 7 },
    { 0, 3, 9, 8, 2, 4, 7, 1, 5, 6 },
};

static uint32_t turned(uint32_t slot, uint32_t by, uint32_t turns, uint32_t orbits)
{
    if (slot >= turns * orbits)
        return slot;
    return slot / turns * turns + (slot % turns + by) % turns;
}

static void fill_across(const struct kept *k, const uint8_t *block, uint16_t *at)
{
    for (uint32_t i = 0; i < k->orbits; i++)
        for (uint32_t y = 0; y < k->turns; y++)
            at[i * k->turns + (block[i] + y) % k->turns] = (uint16_t)y;
}

static void fill_kept(const struct kept *k, struct tables_design *d)
{
    uint32_t slots = d->groups * d->seats;
    for (uint32_t r = 0; r < d->rounds; r++) {
        uint16_t *at = d->at + (size_t)r * slots;
        uint32_t base = r / k->turns, by = r % k->turns;
        if (base >= k->bases) {
            uint32_t across = r - (uint32_t)k->bases * k->turns;
            fill_across(k, k->slots + (size_t)k->bases * slots + across * k->orbits, at);
            continue;
        }
        for (uint32_t s = 0; s < slots; s++)
            at[turned(k->slots[base * slots + s], by, k->turns, k->orbits)] =
                (uint16_t)(s / d->seats);
    }
}

/* x goes to table r_a(x), a the turn by which the row's exchange is turned. */
static uint32_t ten_step(uint32_t row, uint32_t x)
{
    if (row == 8)
        return x;
    uint32_t a = row % 4;
    uint32_t back = x < 8 ? x / 4 * 4 + (x + 4 - a) % 4 : x;
    uint32_t y = ten_rows[row / 4][back];
    return y < 8 ? y / 4 * 4 + (y + a) % 4 : y;
}

static bool by_ten_rows(struct tables_design *d)
{
    if (d->groups != 10 || d->seats > 9 || d->rounds > 5)
        return false;
    uint32_t slots = 10 * d->seats;
    for (uint32_t s = 0; s < slots; s++) {
        uint32_t x = s % 10;
        for (uint32_t r = 0; r < d->rounds; r++, x = ten_step(s / 10, x))
            d->at[r * slots + s] = (uint16_t)x;
    }
    return true;
}

/* The table in the square: the missing difference makes the tenth row. */
static uint32_t ten_square(const uint8_t *first, uint32_t row, uint32_t x)
{
    uint32_t missing = 36;
    for (uint32_t z = 0; z < 9; z++)
        missing -= first[z] < 9 ? (first[z] + 9 - z) % 9 : 0;
    if (row == 9)
        return x < 9 ? (x + missing) % 9 : 9;
    uint32_t y = first[x < 9 ? (x + 9 - row) % 9 : 9];
    return y < 9 ? (y + row) % 9 : 9;
}

static bool by_ten_squares(struct tables_design *d)
{
    if (d->groups != 10 || d->seats != 10 || d->rounds > 4)
        return false;
    for (uint32_t s = 0; s < 100; s++) {
        uint32_t row = s / 10, x = s % 10;
        uint32_t seat[4] = { x, row, ten_square(ten_squares[0], row, x),
                             ten_square(ten_squares[1], row, x) };
        for (uint32_t r = 0; r < d->rounds; r++)
            d->at[r * 100 + s] = (uint16_t)seat[r];
    }
    return true;
}

bool tables_starter_kept(struct tables_design *d)
{
    if (by_ten_rows(d) || by_ten_squares(d))
        return true;
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        const struct kept *k = &kept[i];
        if (k->groups == d->groups && k->seats == d->seats &&
            d->rounds <= (uint32_t)k->bases * k->turns + k->across) {
            fill_kept(k, d);
            return true;
        }
    }
    return false;
}
