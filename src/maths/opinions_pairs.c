#include "maths/opinions_pairs.h"

#include <string.h>

#include "base/memory.h"
#include "maths/opinions_pass.h"

enum { PARTS = 16, FOUR_ROWS = 4 };

typedef float four __attribute__((vector_size(16)));

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

void pairs_make(struct pairs *pairs, const struct coded_votes *votes, struct team *team)
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
    team_run(team, PARTS, count_rows, &work);
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
        room = statements + statements / 4 + 8;
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

struct product {
    const struct pairs *pairs;
    const four *in;
    float *out;
};

static void some_rows(void *what, uint32_t part)
{
    const struct product *work = what;
    const struct pairs *pairs = work->pairs;
    const four *in = work->in;
    size_t size = pairs->statements, blocks = (size + FOUR_ROWS - 1) / FOUR_ROWS;
    for (size_t b = blocks * part / PARTS; b < blocks * (part + 1) / PARTS; b++) {
        four sum[FOUR_ROWS] = { { 0 } };
        const float *row[FOUR_ROWS];
        for (size_t r = 0; r < FOUR_ROWS; r++) { /* past the end: the last row once more */
            size_t j = b * FOUR_ROWS + r;
            row[r] = pairs->matrix + (j < size ? j : size - 1) * pairs->room;
        }
        for (size_t k = 0; k < size; k++)
            for (size_t r = 0; r < FOUR_ROWS; r++)
                sum[r] += in[k] * row[r][k];
        for (size_t r = 0; r < FOUR_ROWS && b * FOUR_ROWS + r < size; r++)
            memcpy(work->out + (b * FOUR_ROWS + r) * PASS_WIDTH, &sum[r], sizeof sum[r]);
    }
}

void pairs_apply(void *what, const float *in, float *out)
{
    const struct pairs *pairs = what;
    struct product work = { pairs, (const four *)(const void *)in, out };
    team_run(pairs->team, PARTS, some_rows, &work);
}
