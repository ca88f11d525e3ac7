#include "maths/opinions_pass.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

/* Four floats that the compiler keeps in one register, on any machine. */
typedef float four __attribute__((vector_size(16)));
typedef float two __attribute__((vector_size(8)));
typedef double four_double __attribute__((vector_size(32)));

struct pass {
    const struct coded_votes *votes;
    const four *table;
    four *sums;
    float *x, *y;
};

void pass_room_make(struct pass_room *room, uint32_t statements)
{
    size_t codes = (size_t)statements * VOTE_KINDS;
    room->table = memory_new(codes, sizeof(four));
    room->sums = memory_new(codes * VOTES_CHUNKS, sizeof(four));
}

void pass_room_free(struct pass_room *room)
{
    memory_free(room->table);
    memory_free(room->sums);
    *room = (struct pass_room){ 0 };
}

/* Four codes at a time, read as one number. */
static inline four row_sum(const four *restrict table, const uint16_t *restrict code,
                           uint32_t length)
{
    four a = { 0 }, b = { 0 }, c = { 0 }, d = { 0 };
    uint32_t e = 0;
    for (; e + 4 <= length; e += 4) {
        uint64_t codes;
        memcpy(&codes, code + e, sizeof codes);
        a += table[codes & 0xffff];
        b += table[codes >> 16 & 0xffff];
        c += table[codes >> 32 & 0xffff];
        d += table[codes >> 48];
    }
    for (; e < length; e++)
        a += table[code[e]];
    return (a + b) + (c + d);
}

static inline void row_add(four *restrict sums, const uint16_t *restrict code, uint32_t length,
                           four here)
{
    uint32_t e = 0;
    for (; e + 4 <= length; e += 4) {
        uint64_t codes;
        memcpy(&codes, code + e, sizeof codes);
        sums[codes & 0xffff] += here;
        sums[codes >> 16 & 0xffff] += here;
        sums[codes >> 32 & 0xffff] += here;
        sums[codes >> 48] += here;
    }
    for (; e < length; e++)
        sums[code[e]] += here;
}

static void both_ways_chunk(void *what, uint32_t part)
{
    const struct pass *pass = what;
    const struct coded_votes *votes = pass->votes;
    const four *table = pass->table;
    const struct vote_row *row = votes->row;
    const uint16_t *all = votes->code;
    size_t codes = (size_t)votes->statements * VOTE_KINDS;
    four *sums = pass->sums + part * codes;
    memset(sums, 0, codes * sizeof *sums);
    for (uint32_t r = votes->chunk[part]; r < votes->chunk[part + 1]; r++) {
        const uint16_t *code = all + row[r].start;
        uint32_t length = row[r].length;
        row_add(sums, code, length, row_sum(table, code, length));
    }
}

static void add_chunks(const struct coded_votes *votes, const four *sums, float *out)
{
    size_t codes = (size_t)votes->statements * VOTE_KINDS;
    for (size_t j = 0; j < votes->statements; j++) {
        four_double total = { 0 };
        for (size_t kind = 0; kind < VOTE_KINDS; kind++) {
            four_double all = { 0 };
            for (size_t c = 0; c < VOTES_CHUNKS; c++)
                all +=
                    __builtin_convertvector(sums[c * codes + j * VOTE_KINDS + kind], four_double);
            total += all * ((double)vote_value((uint32_t)kind) - (double)votes->mean[j]);
        }
        for (size_t v = 0; v < PASS_WIDTH; v++)
            out[j * PASS_WIDTH + v] = (float)total[v];
    }
}

void pass_both_ways(const struct coded_votes *votes, const float *in, float *out,
                    struct pass_room *room, struct opinions_team *team)
{
    four *table = (four *)(void *)room->table, *sums = (four *)(void *)room->sums;
    for (size_t j = 0; j < votes->statements; j++) {
        four direction;
        memcpy(&direction, in + j * PASS_WIDTH, sizeof direction);
        for (size_t kind = 0; kind < VOTE_KINDS; kind++)
            table[j * VOTE_KINDS + kind] =
                direction * (vote_value((uint32_t)kind) - votes->mean[j]);
    }
    struct pass pass = { votes, table, sums, NULL, NULL };
    opinions_team_run(team, VOTES_CHUNKS, both_ways_chunk, &pass);
    add_chunks(votes, sums, out);
}

static inline two row_place(const two *restrict table, const uint16_t *restrict code,
                            uint32_t length)
{
    two a = { 0 }, b = { 0 }, c = { 0 }, d = { 0 };
    uint32_t e = 0;
    for (; e + 4 <= length; e += 4) {
        uint64_t codes;
        memcpy(&codes, code + e, sizeof codes);
        a += table[codes & 0xffff];
        b += table[codes >> 16 & 0xffff];
        c += table[codes >> 32 & 0xffff];
        d += table[codes >> 48];
    }
    for (; e < length; e++)
        a += table[code[e]];
    return (a + b) + (c + d);
}

static void positions_chunk(void *what, uint32_t part)
{
    const struct pass *pass = what;
    const struct coded_votes *votes = pass->votes;
    const two *table = (const two *)(const void *)pass->table;
    const struct vote_row *row = votes->row;
    const uint16_t *all = votes->code;
    float *x = pass->x, *y = pass->y;
    for (uint32_t r = votes->chunk[part]; r < votes->chunk[part + 1]; r++) {
        uint32_t i = row[r].person, length = row[r].length;
        two here = row_place(table, all + row[r].start, length);
        float scale = length ? sqrtf((float)votes->statements / (float)length) : 0.0f;
        x[i] = here[0] * scale;
        y[i] = here[1] * scale;
    }
}

void pass_positions(const struct coded_votes *votes, const float *a, const float *b, float *x,
                    float *y, struct pass_room *room, struct opinions_team *team)
{
    two *table = (two *)(void *)room->table;
    for (size_t j = 0; j < votes->statements; j++)
        for (size_t kind = 0; kind < VOTE_KINDS; kind++) {
            float off = vote_value((uint32_t)kind) - votes->mean[j];
            table[j * VOTE_KINDS + kind] = (two){ a[j] * off, b[j] * off };
        }
    struct pass pass = { votes, (four *)(void *)room->table, NULL, x, y };
    opinions_team_run(team, VOTES_CHUNKS, positions_chunk, &pass);
}
