#include "maths/opinions_pairs.h"

#include <string.h>

#include "base/memory.h"
#include "maths/opinions_pass.h"

enum { PARTS = 16, LANES = 8 };

typedef float eight __attribute__((vector_size(32)));

struct counting {
    struct pairs *pairs;
    const struct coded_votes *votes;
    const uint64_t *start; /* statement j was answered by voter[start[j]] … */
    const uint32_t *voter; /* person * VOTE_KINDS + kind */
};

static int32_t whole(uint32_t kind)
{
    return kind == VOTE_AGREE ? 1 : kind == VOTE_DISAGREE ? -1 : 0;
}

/* both[a][code]: how many answered j with kind a and have this code. */
static void fill_row(struct pairs *pairs, uint32_t j, const uint32_t *both)
{
    size_t codes = (size_t)pairs->statements * VOTE_KINDS;
    for (uint32_t k = 0; k < pairs->statements; k++) {
        struct pair *pair = &pairs->pair[(size_t)j * pairs->room + k];
        for (uint32_t a = 0; a < VOTE_KINDS; a++)
            for (uint32_t b = 0; b < VOTE_KINDS; b++) {
                int32_t n = (int32_t)both[a * codes + k * VOTE_KINDS + b];
                pair->people += n;
                pair->product += n * whole(a) * whole(b);
                pair->mine += n * whole(a);
                pair->theirs += n * whole(b);
            }
    }
}

static void count_rows(void *what, uint32_t part)
{
    const struct counting *work = what;
    const struct coded_votes *votes = work->votes;
    size_t codes = (size_t)votes->statements * VOTE_KINDS;
    uint32_t *both = memory_new(codes * VOTE_KINDS, sizeof *both);
    for (uint32_t j = part; j < votes->statements; j += PARTS) {
        memset(both, 0, codes * VOTE_KINDS * sizeof *both);
        for (uint64_t v = work->start[j]; v < work->start[j + 1]; v++) {
            uint32_t person = work->voter[v] / VOTE_KINDS;
            uint32_t *mine = both + work->voter[v] % VOTE_KINDS * codes;
            const uint16_t *code = votes->code + votes->start[person];
            for (uint32_t e = 0, length = votes->length[person]; e < length; e++)
                mine[code[e]]++;
        }
        fill_row(work->pairs, j, both);
    }
    memory_free(both);
}

/* Who answered each statement, and how. */
static void turn_over(const struct coded_votes *votes, uint64_t *start, uint32_t *voter)
{
    uint64_t *next = memory_new((size_t)votes->statements + 1, sizeof *next);
    for (uint32_t j = 0; j < votes->statements; j++) {
        start[j + 1] = start[j];
        for (uint32_t kind = 0; kind < VOTE_KINDS; kind++)
            start[j + 1] += votes->tally[j * VOTE_KINDS + kind];
        next[j] = start[j];
    }
    for (uint32_t i = 0; i < votes->people; i++)
        for (uint32_t e = 0; e < votes->length[i]; e++) {
            uint32_t code = votes->code[votes->start[i] + e];
            voter[next[code / VOTE_KINDS]++] = i * VOTE_KINDS + code % VOTE_KINDS;
        }
    memory_free(next);
}

void pairs_make(struct pairs *pairs, const struct coded_votes *votes, struct opinions_team *team)
{
    uint64_t all = 0;
    for (uint32_t i = 0; i < votes->people; i++)
        all += votes->length[i];
    *pairs = (struct pairs){ .team = team };
    pairs_widen(pairs, votes->statements);
    uint64_t *start = memory_new((size_t)votes->statements + 1, sizeof *start);
    uint32_t *voter = memory_new(all, sizeof *voter);
    turn_over(votes, start, voter);
    struct counting work = { pairs, votes, start, voter };
    opinions_team_run(team, PARTS, count_rows, &work);
    memory_free(start);
    memory_free(voter);
}

void pairs_free(struct pairs *pairs)
{
    memory_free(pairs->pair);
    memory_free(pairs->matrix);
    memory_free(pairs->mean);
    memory_free(pairs->dirty);
    *pairs = (struct pairs){ 0 };
}

void pairs_widen(struct pairs *pairs, uint32_t statements)
{
    uint32_t old = pairs->statements, room = pairs->room;
    if (statements > room) {
        room = (statements + statements / 4 + LANES) / LANES * LANES;
        size_t cells = (size_t)room * room;
        struct pair *pair = memory_new(cells, sizeof *pair);
        for (size_t j = 0; j < old; j++)
            memcpy(pair + j * room, pairs->pair + j * pairs->room, old * sizeof *pair);
        memory_free(pairs->pair);
        memory_free(pairs->matrix);
        pairs->pair = pair;
        pairs->matrix = memory_new(cells, sizeof *pairs->matrix);
        pairs->mean = memory_grow(pairs->mean, room, sizeof *pairs->mean);
        pairs->dirty = memory_grow(pairs->dirty, room, sizeof *pairs->dirty);
        memset(pairs->dirty, true, room * sizeof *pairs->dirty);
        pairs->room = room;
    }
    pairs->statements = statements;
}

void pairs_change(struct pairs *pairs, const uint16_t *row, uint32_t length, uint32_t statement,
                  enum vote_kind kind)
{
    int32_t fresh = 1, old = 0, now = whole(kind);
    for (uint32_t e = 0; e < length; e++)
        if (row[e] / VOTE_KINDS == statement) {
            fresh = 0;
            old = whole(row[e] % VOTE_KINDS);
        }
    int32_t change = now - old;
    for (uint32_t e = 0; e < length; e++) {
        uint32_t other = row[e] / VOTE_KINDS;
        int32_t their = whole(row[e] % VOTE_KINDS);
        if (other == statement)
            continue;
        struct pair *here = &pairs->pair[(size_t)statement * pairs->room + other];
        struct pair *there = &pairs->pair[(size_t)other * pairs->room + statement];
        *here = (struct pair){ here->people + fresh, here->product + change * their,
                               here->mine + change, here->theirs + fresh * their };
        *there = (struct pair){ here->people, here->product, here->theirs, here->mine };
    }
    struct pair *self = &pairs->pair[(size_t)statement * pairs->room + statement];
    self->people += fresh;
    self->product += now * now - old * old;
    self->mine += change;
    self->theirs += change;
    pairs->dirty[statement] = true;
}

static void settle_row(struct pairs *pairs, uint32_t j)
{
    for (uint32_t k = 0; k < pairs->statements; k++) {
        const struct pair *p = &pairs->pair[(size_t)j * pairs->room + k];
        double mj = pairs->mean[j], mk = pairs->mean[k];
        double entry = p->product - mk * p->mine - mj * p->theirs + mj * mk * p->people;
        pairs->matrix[(size_t)j * pairs->room + k] = (float)entry;
        pairs->matrix[(size_t)k * pairs->room + j] = (float)entry;
    }
}

void pairs_settle(struct pairs *pairs, const struct coded_votes *votes)
{
    for (uint32_t j = 0; j < pairs->statements; j++) {
        const uint32_t *tally = votes->tally + (size_t)j * VOTE_KINDS;
        double all = (double)tally[VOTE_PASS] + tally[VOTE_AGREE] + tally[VOTE_DISAGREE];
        double sum = (double)tally[VOTE_AGREE] - (double)tally[VOTE_DISAGREE];
        pairs->mean[j] = all > 0 ? sum / all : 0;
    }
    for (uint32_t j = 0; j < pairs->statements; j++)
        if (pairs->dirty[j]) {
            settle_row(pairs, j);
            pairs->dirty[j] = false;
        }
}

/* The columns of `in`, one after another, each padded with zeroes to whole groups of eight. */
struct product {
    const struct pairs *pairs;
    const float *columns;
    size_t stride;
    float *out;
    bool portable;
};

#define ALWAYS static inline __attribute__((always_inline))

/* Two rows of the matrix against four columns, eight entries at a time. The AVX2 and the
 * portable form add in the same order and give the same bits. */
ALWAYS void two_rows(const struct product *work, size_t j)
{
    const struct pairs *pairs = work->pairs;
    size_t last = pairs->statements - 1, second = j < last ? j + 1 : last;
    const float *one = pairs->matrix + j * pairs->room;
    const float *other = pairs->matrix + second * pairs->room;
    eight sum[2 * PASS_WIDTH] = { { 0 } };
    for (size_t k = 0; k < work->stride; k += LANES) {
        eight a, b;
        memcpy(&a, one + k, sizeof a);
        memcpy(&b, other + k, sizeof b);
        for (size_t v = 0; v < PASS_WIDTH; v++) {
            eight in;
            memcpy(&in, work->columns + v * work->stride + k, sizeof in);
            sum[v] += a * in;
            sum[PASS_WIDTH + v] += b * in;
        }
    }
    for (size_t v = 0; v < 2 * PASS_WIDTH; v++) {
        const float *l = (const float *)&sum[v];
        size_t row = v < PASS_WIDTH ? j : second;
        work->out[row * PASS_WIDTH + v % PASS_WIDTH] =
            ((l[0] + l[4]) + (l[1] + l[5])) + ((l[2] + l[6]) + (l[3] + l[7]));
    }
}

ALWAYS void rows_of_part(const struct product *work, uint32_t part)
{
    size_t twos = ((size_t)work->pairs->statements + 1) / 2;
    for (size_t t = twos * part / PARTS; t < twos * (part + 1) / PARTS; t++)
        two_rows(work, 2 * t);
}

static void rows_portable(const struct product *work, uint32_t part)
{
    rows_of_part(work, part);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void rows_avx2(const struct product *work, uint32_t part)
{
    rows_of_part(work, part);
}
#endif

static void some_rows(void *what, uint32_t part)
{
    const struct product *work = what;
#if defined(__x86_64__)
    if (!work->portable && __builtin_cpu_supports("avx2")) {
        rows_avx2(work, part);
        return;
    }
#endif
    rows_portable(work, part);
}

static void apply(const struct pairs *pairs, const float *in, float *out, bool portable)
{
    size_t size = pairs->statements, stride = (size + LANES - 1) / LANES * LANES;
    float *columns = memory_new(stride * PASS_WIDTH, sizeof *columns);
    for (size_t j = 0; j < size; j++)
        for (size_t v = 0; v < PASS_WIDTH; v++)
            columns[v * stride + j] = in[j * PASS_WIDTH + v];
    struct product work = { pairs, columns, stride, out, portable };
    opinions_team_run(pairs->team, PARTS, some_rows, &work);
    memory_free(columns);
}

void pairs_apply(void *what, const float *in, float *out)
{
    apply(what, in, out, false);
}

void pairs_apply_portable(void *what, const float *in, float *out)
{
    apply(what, in, out, true);
}
