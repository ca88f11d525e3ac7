#include "maths/tables_design.h"

#include <string.h>

#include "base/memory.h"
#include "maths/random.h"
#include "maths/tables_starters.h"

enum { MOST_FIELD = 4096, MOST_PARTS = 12 };

/* Arithmetic of a product of fields whose sizes multiply to `order`. */
struct ring {
    uint32_t order, parts, least; /* least: the smallest field */
    uint32_t size[MOST_PARTS], prime[MOST_PARTS];
    uint16_t *power[MOST_PARTS], *log[MOST_PARTS];
};

uint32_t tables_design_most(uint32_t groups, uint32_t seats)
{
    return seats < 2 ? UINT32_MAX : (groups * seats - 1) / (seats - 1);
}

/* a + b digit by digit in base `prime`: addition in a field of prime^k elements. */
static uint32_t add_digits(uint32_t a, uint32_t b, uint32_t prime)
{
    uint32_t sum = 0;
    for (uint32_t unit = 1; a || b; unit *= prime, a /= prime, b /= prime)
        sum += (a % prime + b % prime) % prime * unit;
    return sum;
}

/* x times a, where x^k = the digits of `tail`. */
static uint32_t times_x(uint32_t a, uint32_t tail, uint32_t size, uint32_t prime)
{
    uint32_t top = a / (size / prime), rest = a % (size / prime) * prime;
    for (uint32_t i = 0; i < top; i++)
        rest = add_digits(rest, tail, prime);
    return rest;
}

/* Fills the powers of a generator when x (or the number `tail` itself for a prime field)
 * generates all of the field but 0. */
static bool field_try(struct ring *ring, uint32_t f, uint32_t tail)
{
    uint32_t size = ring->size[f], prime = ring->prime[f], a = 1;
    for (uint32_t i = 0; i + 1 < size; i++) {
        if (i > 0 && a <= 1)
            return false;
        ring->power[f][i] = (uint16_t)a;
        ring->log[f][a] = (uint16_t)i;
        a = size == prime ? a * tail % prime : times_x(a, tail, size, prime);
    }
    return a == 1;
}

static void ring_close(struct ring *ring)
{
    for (uint32_t f = 0; f < ring->parts; f++) {
        memory_free(ring->power[f]);
        memory_free(ring->log[f]);
    }
}

static void ring_open(struct ring *ring, uint32_t order)
{
    *ring = (struct ring){ .order = order, .least = order };
    for (uint32_t prime = 2, left = order; left > 1; prime++) {
        uint32_t size = 1;
        for (; left % prime == 0; left /= prime)
            size *= prime;
        if (size == 1)
            continue;
        uint32_t f = ring->parts++;
        ring->size[f] = size;
        ring->prime[f] = prime;
        ring->power[f] = memory_new(size, sizeof(uint16_t));
        ring->log[f] = memory_new(size, sizeof(uint16_t));
        ring->least = size < ring->least ? size : ring->least;
        for (uint32_t tail = 1; tail < size && !field_try(ring, f, tail); tail++)
            ;
    }
}

static uint32_t field_times(const struct ring *ring, uint32_t f, uint32_t a, uint32_t b)
{
    if (a == 0 || b == 0)
        return 0;
    return ring->power[f][((uint32_t)ring->log[f][a] + ring->log[f][b]) % (ring->size[f] - 1)];
}

/* x + i k, part by part. */
static uint32_t ring_seat(const struct ring *ring, uint32_t x, uint32_t i, uint32_t k)
{
    uint32_t seat = 0, unit = 1;
    for (uint32_t f = 0; f < ring->parts; f++) {
        uint32_t size = ring->size[f];
        seat += unit * add_digits(x % size, field_times(ring, f, i, k), ring->prime[f]);
        x /= size;
        unit *= size;
    }
    return seat;
}

/* The last round that a design with rows allows: people of one row sit together, p by p. */
static void within_rows(struct tables_design *d, uint32_t round)
{
    uint32_t slots = d->groups * d->seats;
    for (uint32_t s = 0; s < slots; s++)
        d->at[round * slots + s] = (uint16_t)(s / d->seats);
}

static bool by_field(struct tables_design *d, bool want_rows)
{
    struct ring ring;
    ring_open(&ring, d->groups);
    uint32_t slots = d->groups * d->seats;
    bool more = !want_rows && d->groups % d->seats == 0;
    uint32_t plain = d->rounds < ring.least ? d->rounds : ring.least;
    bool fits = d->seats <= ring.least && d->rounds <= ring.least + more;
    for (uint32_t r = 0; fits && r < plain; r++)
        for (uint32_t s = 0; s < slots; s++)
            d->at[r * slots + s] = (uint16_t)ring_seat(&ring, s % d->groups, s / d->groups, r);
    if (fits && plain < d->rounds)
        within_rows(d, plain);
    d->rows = fits && plain == d->rounds;
    ring_close(&ring);
    return fits;
}

/* One more row of a difference matrix over the whole numbers modulo `groups`. */
static bool matrix_row(uint16_t *matrix, uint8_t *used, const struct tables_design *d, uint32_t row,
                       struct random *random)
{
    uint32_t g = d->groups;
    memset(used, 0, (size_t)row * g);
    for (uint32_t k = 0; k < d->rounds; k++) {
        uint32_t first = random_below(random, g), value = 0, tried = 0;
        for (; tried < g; tried++) {
            bool free_everywhere = true;
            value = (first + tried) % g;
            for (uint32_t j = 0; j < row && free_everywhere; j++)
                free_everywhere = !used[j * g + (value + g - matrix[j * d->rounds + k]) % g];
            if (free_everywhere)
                break;
        }
        if (tried == g)
            return false;
        for (uint32_t j = 0; j < row; j++)
            used[j * g + (value + g - matrix[j * d->rounds + k]) % g] = 1;
        matrix[row * d->rounds + k] = (uint16_t)value;
    }
    return true;
}

static bool by_difference_matrix(struct tables_design *d, uint64_t seed)
{
    if (d->rounds > d->groups)
        return false;
    uint32_t slots = d->groups * d->seats, row = 1, tries = 20000;
    uint16_t *matrix = memory_new((size_t)d->seats * d->rounds, sizeof *matrix);
    uint8_t *used = memory_new((size_t)d->seats * d->groups, 1);
    struct random random;
    random_split(&random, seed, 71);
    while (row < d->seats && tries) {
        tries--;
        if (matrix_row(matrix, used, d, row, &random))
            row++;
        else if (tries % 400 == 0)
            row = 1;
    }
    for (uint32_t r = 0; row == d->seats && r < d->rounds; r++)
        for (uint32_t s = 0; s < slots; s++)
            d->at[r * slots + s] =
                (uint16_t)((s + matrix[s / d->groups * d->rounds + r]) % d->groups);
    memory_free(matrix);
    memory_free(used);
    d->rows = row == d->seats;
    return d->rows;
}

/* Places of Bose's design: element x of the field in copy 0, 1 or 2, and one apart. */
static uint32_t bose_slot(uint32_t q, uint32_t x, uint32_t copy)
{
    return copy % 3 * q + x;
}

static void bose_round(struct tables_design *d, const struct ring *ring, uint32_t m, uint32_t turn)
{
    uint32_t q = ring->order, quarter = (q - 1) / 4, table = 1;
    uint16_t *at = d->at + (size_t)turn * d->groups * 4;
    for (uint32_t copy = 0; copy < 3; copy++)
        at[bose_slot(q, turn, copy)] = 0;
    at[3 * q] = 0;
    for (uint32_t copy = 0; copy < 3; copy++)
        for (uint32_t i = 0; i < quarter; i++, table++)
            for (uint32_t corner = 0; corner < 4; corner++) {
                uint32_t exponent = i + corner % 2 * 2 * quarter + corner / 2 * m;
                uint32_t x = ring->power[0][exponent % (q - 1)];
                x = add_digits(x, turn, ring->prime[0]);
                at[bose_slot(q, x, copy + corner / 2)] = (uint16_t)table;
            }
}

/* 12t+4 people at tables of 4, q = 4t+1 a prime power, every pair exactly once in q rounds. */
static bool by_bose(struct tables_design *d)
{
    uint32_t q = (d->groups * 4 - 1) / 3;
    if (d->seats != 4 || d->groups % 3 != 1 || q < 5 || q % 4 != 1 || d->rounds > q)
        return false;
    struct ring ring;
    ring_open(&ring, q);
    bool right = false;
    struct tables_design whole = *d;
    whole.rounds = q;
    whole.at = memory_new((size_t)q * q * 4, sizeof *whole.at);
    for (uint32_t m = 1; ring.parts == 1 && m < q - 1 && !right; m++) {
        for (uint32_t turn = 0; turn < q; turn++)
            bose_round(&whole, &ring, m, turn);
        right = tables_design_right(&whole);
    }
    if (right)
        memcpy(d->at, whole.at, (size_t)d->rounds * d->groups * 4 * sizeof *d->at);
    memory_free(whole.at);
    ring_close(&ring);
    return right;
}

bool tables_design_right(const struct tables_design *d)
{
    uint32_t slots = d->groups * d->seats;
    uint8_t *met = memory_new((size_t)slots * slots, 1);
    uint16_t *here = memory_new((size_t)slots, sizeof *here);
    uint32_t *count = memory_new(d->groups, sizeof *count);
    bool right = true;
    for (uint32_t r = 0; r < d->rounds && right; r++) {
        memset(count, 0, d->groups * sizeof *count);
        for (uint32_t s = 0; s < slots && right; s++) {
            uint32_t t = d->at[(size_t)r * slots + s];
            right = t < d->groups && count[t] < d->seats;
            for (uint32_t k = 0; right && k < count[t]; k++)
                right = !met[(size_t)here[t * d->seats + k] * slots + s]++;
            if (right)
                here[t * d->seats + count[t]++] = (uint16_t)s;
        }
    }
    memory_free(met);
    memory_free(here);
    memory_free(count);
    return right;
}

bool tables_design_find(struct tables_design *d, bool want_rows, uint64_t seed)
{
    d->rows = false;
    if (d->groups < 2 || d->seats < 2 || d->rounds < 1 || d->groups * d->seats > MOST_FIELD ||
        d->rounds > tables_design_most(d->groups, d->seats))
        return false;
    if (by_field(d, want_rows))
        return true;
    if (2 * d->rounds <= d->groups + 2 && by_difference_matrix(d, seed))
        return true;
    if (want_rows)
        return !d->quick && by_difference_matrix(d, seed);
    if (by_bose(d) || tables_starter_kept(d))
        return true;
    return !d->quick && (tables_starter_search(d, seed, 400) || by_difference_matrix(d, seed));
}
