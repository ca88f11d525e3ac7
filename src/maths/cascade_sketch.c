#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "maths/cascade.h"
#include "maths/graph.h"

/* Registers are filled in 8 passes of 64, one cache line a thing, from the last thing to the
 * first: a parent's registers are the largest of its children's and their own marks. A thing
 * from which nothing grew needs no registers, only its mark. Sums of powers of two down to
 * 2^-40 are exact in a double, whatever the order: the answer is the same for any team. */

enum { PASSES = 8, WIDTH = 64, REGISTERS = PASSES * WIDTH, HIGHEST = 40 };

struct line {
    _Alignas(WIDTH) uint8_t at[WIDTH];
};

struct sketch {
    const struct cascade *cascade;
    uint64_t seed;
    uint32_t *slot; /* place → its line of registers, or NONE when nothing grew */
    uint32_t slots;
    struct line *lines[TEAM_MAX];
    double *sum[TEAM_MAX];     /* slot → Σ 2^-register */
    uint16_t *zeros[TEAM_MAX]; /* slot → registers still 0 */
    double power[HIGHEST + 2];
};

#define NONE UINT32_MAX

static inline uint64_t mark_of(uint64_t seed, uint32_t place)
{
    uint64_t z = seed + (place + 1ull) * 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static inline void add_mark(uint8_t *registers, uint64_t mark, uint32_t pass)
{
    uint32_t at = mark & (REGISTERS - 1);
    if (at / WIDTH != pass)
        return;
    uint64_t rest = mark >> 9;
    uint32_t rank = (uint32_t)__builtin_ctzll(rest | 1ull << (HIGHEST - 1)) + 1;
    if (registers[at % WIDTH] < rank)
        registers[at % WIDTH] = (uint8_t)rank;
}

static inline void take_larger(struct line *mine, const struct line *other)
{
    for (int i = 0; i < WIDTH; i++)
        mine->at[i] = mine->at[i] > other->at[i] ? mine->at[i] : other->at[i];
}

static void read_out(struct sketch *s, int member, uint32_t slot, const uint8_t *registers)
{
    double sum = 0;
    uint32_t zeros = 0;
    for (int i = 0; i < WIDTH; i++) {
        sum += s->power[registers[i]];
        zeros += registers[i] == 0;
    }
    s->sum[member][slot] += sum;
    s->zeros[member][slot] = (uint16_t)(s->zeros[member][slot] + zeros);
}

static void fill_pass(void *data, uint32_t pass, int member)
{
    struct sketch *s = data;
    const struct csr *grew = &s->cascade->grew;
    struct line *lines = s->lines[member];
    for (uint32_t v = s->cascade->things; v-- > 0;) {
        if (s->slot[v] == NONE)
            continue;
        struct line mine = { 0 };
        for (uint64_t e = grew->start[v]; e < grew->start[v + 1]; e++) {
            uint32_t w = grew->target[e];
            if (s->slot[w] != NONE)
                take_larger(&mine, &lines[s->slot[w]]);
            add_mark(mine.at, mark_of(s->seed, w), pass);
        }
        lines[s->slot[v]] = mine;
        read_out(s, member, s->slot[v], mine.at);
    }
}

/* Ertl's σ(x) = x + Σ x^(2^k) 2^(k-1). */
static double sigma(double x)
{
    double y = 1, z = x, before;
    if (x >= 1)
        return INFINITY;
    do {
        x *= x;
        before = z;
        z += x * y;
        y += y;
    } while (z != before);
    return z;
}

static double estimate(double sum, uint32_t zeros)
{
    double m = REGISTERS, empty = zeros;
    return m * m / (2 * log(2)) / (sum - empty + m * sigma(empty / m));
}

/* Where everything below has one parent, counting is adding. */
static void count_trees(const struct cascade *c, double *reach, uint8_t *exact)
{
    for (uint32_t v = c->things; v-- > 0;) {
        double sum = 0;
        uint8_t tree = 1;
        for (uint64_t e = c->grew.start[v]; e < c->grew.start[v + 1]; e++) {
            uint32_t w = c->grew.target[e];
            sum += 1 + reach[w];
            tree &= exact[w] & (c->parents[w] == 1);
        }
        reach[v] = sum;
        exact[v] = tree;
    }
}

static void give_slots(struct sketch *s)
{
    const struct csr *grew = &s->cascade->grew;
    s->slot = graph_room(s->cascade->things, sizeof *s->slot);
    for (uint32_t v = 0; v < s->cascade->things; v++)
        s->slot[v] = grew->start[v + 1] > grew->start[v] ? s->slots++ : NONE;
    for (int i = 0; i < HIGHEST + 2; i++)
        s->power[i] = ldexp(1, -i);
}

void cascade_sketch(const struct cascade *cascade, uint64_t seed, double *reach, uint8_t *exact,
                    struct team *team)
{
    struct sketch s = { .cascade = cascade, .seed = seed };
    struct line *raw[TEAM_MAX];
    give_slots(&s);
    for (int i = 0; i < team_size(team); i++) {
        raw[i] = graph_room((size_t)s.slots + 1, sizeof *raw[i]);
        uintptr_t at = ((uintptr_t)raw[i] + WIDTH - 1) & ~(uintptr_t)(WIDTH - 1);
        s.lines[i] = (struct line *)at;
        s.sum[i] = graph_zeros(s.slots, sizeof *s.sum[i]);
        s.zeros[i] = graph_zeros(s.slots, sizeof *s.zeros[i]);
    }
    count_trees(cascade, reach, exact);
    team_do(team, PASSES, fill_pass, &s);
    for (uint32_t v = 0; v < cascade->things; v++) {
        double sum = 0;
        uint32_t zeros = 0;
        for (int i = 0; i < team_size(team) && !exact[v]; i++) {
            sum += s.sum[i][s.slot[v]];
            zeros += s.zeros[i][s.slot[v]];
        }
        if (!exact[v])
            reach[v] = estimate(sum, zeros);
    }
    for (int i = 0; i < team_size(team); i++) {
        memory_free(raw[i]);
        memory_free(s.sum[i]);
        memory_free(s.zeros[i]);
    }
    memory_free(s.slot);
}
