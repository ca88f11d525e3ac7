#include "maths/opinions_pass.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

/* Four floats that the compiler keeps in one register, on any machine. */
typedef float four __attribute__((vector_size(16)));

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

static inline four row_sum(const four *table, const uint16_t *code, uint32_t length)
{
    four a = { 0 }, b = { 0 }, c = { 0 }, d = { 0 };
    uint32_t e = 0;
    for (; e + 4 <= length; e += 4) {
        a += table[code[e]];
        b += table[code[e + 1]];
        c += table[code[e + 2]];
        d += table[code[e + 3]];
    }
    for (; e < length; e++)
        a += table[code[e]];
    return (a + b) + (c + d);
}

static void both_ways_chunk(void *what, uint32_t part)
{
    const struct pass *pass = what;
    const struct coded_votes *votes = pass->votes;
    size_t codes = (size_t)votes->statements * VOTE_KINDS;
    four *sums = pass->sums + part * codes;
    memset(sums, 0, codes * sizeof *sums);
    for (uint32_t i = votes->chunk[part]; i < votes->chunk[part + 1]; i++) {
        const uint16_t *code = votes->code + votes->start[i];
        uint32_t length = votes->length[i];
        four here = row_sum(pass->table, code, length);
        for (uint32_t e = 0; e < length; e++)
            sums[code[e]] += here;
    }
}

void pass_both_ways(const struct coded_votes *votes, const float *in, float *out,
                    struct pass_room *room, struct team *team)
{
    four *table = (four *)(void *)room->table, *sums = (four *)(void *)room->sums;
    size_t codes = (size_t)votes->statements * VOTE_KINDS;
    for (size_t code = 0; code < codes; code++) {
        size_t j = code / VOTE_KINDS;
        float off = vote_value((uint32_t)(code % VOTE_KINDS)) - votes->mean[j];
        for (int v = 0; v < PASS_WIDTH; v++)
            table[code][v] = in[j * PASS_WIDTH + (size_t)v] * off;
    }
    struct pass pass = { votes, table, sums, NULL, NULL };
    team_run(team, VOTES_CHUNKS, both_ways_chunk, &pass);
    for (size_t j = 0; j < votes->statements; j++) {
        double total[PASS_WIDTH] = { 0 };
        for (size_t kind = 0; kind < VOTE_KINDS; kind++) {
            double off = (double)vote_value((uint32_t)kind) - (double)votes->mean[j];
            for (size_t c = 0; c < VOTES_CHUNKS; c++)
                for (int v = 0; v < PASS_WIDTH; v++)
                    total[v] += off * (double)sums[c * codes + j * VOTE_KINDS + kind][v];
        }
        for (int v = 0; v < PASS_WIDTH; v++)
            out[j * PASS_WIDTH + (size_t)v] = (float)total[v];
    }
}

static void positions_chunk(void *what, uint32_t part)
{
    const struct pass *pass = what;
    const struct coded_votes *votes = pass->votes;
    for (uint32_t i = votes->chunk[part]; i < votes->chunk[part + 1]; i++) {
        uint32_t length = votes->length[i];
        four here = row_sum(pass->table, votes->code + votes->start[i], length);
        float scale = length ? sqrtf((float)votes->statements / (float)length) : 0.0f;
        pass->x[i] = here[0] * scale;
        pass->y[i] = here[1] * scale;
    }
}

void pass_positions(const struct coded_votes *votes, const float *a, const float *b, float *x,
                    float *y, struct pass_room *room, struct team *team)
{
    four *table = (four *)(void *)room->table;
    for (size_t j = 0; j < votes->statements; j++)
        for (size_t kind = 0; kind < VOTE_KINDS; kind++) {
            float off = vote_value((uint32_t)kind) - votes->mean[j];
            table[j * VOTE_KINDS + kind] = (four){ a[j] * off, b[j] * off, 0.0f, 0.0f };
        }
    struct pass pass = { votes, table, NULL, x, y };
    team_run(team, VOTES_CHUNKS, positions_chunk, &pass);
}
