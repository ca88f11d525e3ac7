#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "maths/cascade.h"
#include "maths/graph.h"

/* Registers are filled in 8 passes of 64, one cache line a thing, from the last thing to the
 * first: a parent's registers are the largest of its children's and its own mark. A thing from
 * which nothing grew needs no registers, only its mark. Every pass keeps its own sums, which
 * are added in one order at the end: the answer is the same for any team. */

enum {
    PASSES = 8,
    WIDTH = 64,
    REGISTERS = PASSES * WIDTH,
    HIGHEST = 40,
    RANK_BITS = 6,
    AHEAD = 24
};

#define LEAF 0x80000000u /* slot[] then holds the mark: register and rank */

struct line {
    _Alignas(WIDTH) uint8_t at[WIDTH];
};

struct sketch {
    const struct cascade *cascade;
    uint64_t seed;
    uint32_t *slot;  /* place → its line of registers, or LEAF and its mark */
    uint32_t *child; /* beside the arrows: the slot of where they go */
    uint32_t *mark;  /* slot → its own mark */
    uint64_t *first; /* slot → its first arrow; slots + 1 */
    uint32_t slots;
    struct line *lines[TEAM_MAX];
    float *sum[PASSES];     /* slot → Σ 2^-register */
    uint8_t *zeros[PASSES]; /* slot → registers still 0 */
};

static inline uint32_t mark_of(uint64_t seed, uint32_t place)
{
    uint64_t z = seed + (place + 1ull) * 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    z ^= z >> 31;
    uint32_t rank = (uint32_t)__builtin_ctzll(z >> 9 | 1ull << (HIGHEST - 1)) + 1;
    return (uint32_t)(z & (REGISTERS - 1)) << RANK_BITS | rank;
}

static inline void add_mark(struct line *line, uint32_t mark, uint32_t pass)
{
    uint32_t at = mark >> RANK_BITS, rank = mark & ((1 << RANK_BITS) - 1);
    if (at / WIDTH == pass && line->at[at % WIDTH] < rank)
        line->at[at % WIDTH] = (uint8_t)rank;
}

static inline void take_larger(struct line *mine, const struct line *other)
{
    for (int i = 0; i < WIDTH; i++)
        mine->at[i] = mine->at[i] > other->at[i] ? mine->at[i] : other->at[i];
}

/* 2^-r is a float whose exponent is 127 - r: sixteen sums side by side. */
static inline void read_out(struct sketch *s, uint32_t pass, uint32_t slot, const struct line *line)
{
    float sums[16] = { 0 }, sum = 0;
    uint8_t zeros = 0;
    for (int i = 0; i < WIDTH; i += 16)
        for (int j = 0; j < 16; j++) {
            union {
                uint32_t bits;
                float number;
            } power = { (127u - line->at[i + j]) << 23 };
            sums[j] += power.number;
        }
    for (int i = 0; i < WIDTH; i++)
        zeros = (uint8_t)(zeros + (line->at[i] == 0));
    for (int j = 0; j < 16; j++)
        sum += sums[j];
    s->sum[pass][slot] = sum;
    s->zeros[pass][slot] = zeros;
}

/* Asks for a line that will be wanted soon: the arrows to come are known long before. */
static inline void look_ahead(const struct sketch *s, const struct line *lines, uint64_t arrow)
{
    uint32_t child = s->child[arrow >= AHEAD ? arrow - AHEAD : 0];
    if (!(child & LEAF))
        __builtin_prefetch(&lines[child]);
}

static void fill_pass(void *data, uint32_t pass, int member)
{
    struct sketch *s = data;
    struct line *lines = s->lines[member];
    for (uint32_t slot = s->slots; slot-- > 0;) {
        struct line mine = { { 0 } };
        for (uint64_t e = s->first[slot + 1]; e-- > s->first[slot];) {
            uint32_t child = s->child[e];
            look_ahead(s, lines, e);
            if (child & LEAF)
                add_mark(&mine, child & ~LEAF, pass);
            else
                take_larger(&mine, &lines[child]);
        }
        read_out(s, pass, slot, &mine);
        add_mark(&mine, s->mark[slot], pass);
        lines[slot] = mine;
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
    uint32_t things = s->cascade->things;
    s->slot = graph_room(things, sizeof *s->slot);
    s->mark = graph_room(things, sizeof *s->mark);
    s->first = graph_room((size_t)things + 1, sizeof *s->first);
    s->child = graph_room(grew->start[things] + 1, sizeof *s->child);
    for (uint32_t v = 0; v < things; v++) {
        uint32_t mark = mark_of(s->seed, v);
        s->slot[v] = LEAF | mark;
        if (grew->start[v + 1] == grew->start[v])
            continue;
        s->mark[s->slots] = mark;
        s->first[s->slots] = grew->start[v];
        s->slot[v] = s->slots++;
    }
    s->first[s->slots] = grew->start[things];
}

static void name_children(void *data, uint32_t part, int member)
{
    (void)member;
    struct sketch *s = data;
    const struct csr *grew = &s->cascade->grew;
    uint64_t arrows = grew->start[grew->rows], end = team_cut(arrows, part + 1, 64);
    for (uint64_t e = team_cut(arrows, part, 64); e < end; e++)
        s->child[e] = s->slot[grew->target[e]];
}

static double read_slot(const struct sketch *s, uint32_t slot)
{
    double sum = 0;
    uint32_t zeros = 0;
    for (int pass = 0; pass < PASSES; pass++) {
        sum += (double)s->sum[pass][slot];
        zeros += s->zeros[pass][slot];
    }
    return estimate(sum, zeros);
}

void cascade_sketch(const struct cascade *cascade, uint64_t seed, double *reach, uint8_t *exact,
                    struct team *team)
{
    struct sketch s = { .cascade = cascade, .seed = seed };
    struct line *raw[TEAM_MAX];
    give_slots(&s);
    team_do(team, 64, name_children, &s);
    for (int i = 0; i < team_size(team); i++) {
        raw[i] = graph_room((size_t)s.slots + 1, sizeof *raw[i]);
        s.lines[i] = (struct line *)(((uintptr_t)raw[i] + WIDTH - 1) & ~(uintptr_t)(WIDTH - 1));
    }
    for (int pass = 0; pass < PASSES; pass++) {
        s.sum[pass] = graph_room(s.slots, sizeof *s.sum[pass]);
        s.zeros[pass] = graph_room(s.slots, 1);
    }
    count_trees(cascade, reach, exact);
    team_do(team, PASSES, fill_pass, &s);
    for (uint32_t v = 0; v < cascade->things; v++)
        if (!exact[v])
            reach[v] = read_slot(&s, s.slot[v]);
    for (int i = 0; i < team_size(team); i++)
        memory_free(raw[i]);
    for (int pass = 0; pass < PASSES; pass++) {
        memory_free(s.sum[pass]);
        memory_free(s.zeros[pass]);
    }
    memory_free(s.slot);
    memory_free(s.child);
    memory_free(s.mark);
    memory_free(s.first);
}
