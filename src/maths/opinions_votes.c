#include "maths/opinions_votes.h"

#include <string.h>

#include "base/memory.h"

struct coding {
    struct coded_votes *coded;
    const struct csr *votes;
    uint32_t *tally; /* a tally a chunk */
};

static void code_chunk(void *what, uint32_t part)
{
    struct coding *work = what;
    struct coded_votes *coded = work->coded;
    uint32_t *tally = work->tally + (size_t)part * coded->statements * VOTE_KINDS;
    uint32_t from = coded->chunk[part], to = coded->chunk[part + 1];
    for (uint64_t e = coded->start[from]; e < coded->start[to]; e++) {
        uint32_t kind = (uint32_t)vote_kind_of(work->votes->value[e]);
        uint32_t code = work->votes->target[e] * VOTE_KINDS + kind;
        coded->code[e] = (uint16_t)code;
        tally[code]++;
    }
}

void coded_votes_cut(struct coded_votes *coded)
{
    uint64_t all = 0, sum = 0;
    for (uint32_t i = 0; i < coded->people; i++)
        all += coded->length[i] + 4; /* a person costs about as much as a few votes */
    uint32_t chunk = 0;
    for (uint32_t i = 0; i < coded->people; i++) {
        while (chunk < VOTES_CHUNKS && sum * VOTES_CHUNKS >= all * chunk)
            coded->chunk[chunk++] = i;
        sum += coded->length[i] + 4;
    }
    while (chunk <= VOTES_CHUNKS)
        coded->chunk[chunk++] = coded->people;
}

void coded_votes_mean(struct coded_votes *coded, uint32_t statement)
{
    const uint32_t *tally = coded->tally + (size_t)statement * VOTE_KINDS;
    double agree = tally[VOTE_AGREE], disagree = tally[VOTE_DISAGREE];
    double all = agree + disagree + tally[VOTE_PASS];
    coded->mean[statement] = all > 0 ? (float)((agree - disagree) / all) : 0.0f;
}

static void room_for(struct coded_votes *coded, uint32_t people, uint32_t statements,
                     uint64_t votes)
{
    *coded = (struct coded_votes){ .people = people, .statements = statements };
    coded->start = memory_new((size_t)people + 1, sizeof *coded->start);
    coded->length = memory_new(people, sizeof *coded->length);
    coded->code = memory_new(votes, sizeof *coded->code);
    coded->tally = memory_new((size_t)statements * VOTE_KINDS, sizeof *coded->tally);
    coded->mean = memory_new(statements, sizeof *coded->mean);
}

void coded_votes_make(struct coded_votes *coded, const struct csr *votes, struct team *team)
{
    room_for(coded, votes->rows, votes->columns, votes->start[votes->rows]);
    memcpy(coded->start, votes->start, ((size_t)votes->rows + 1) * sizeof *coded->start);
    for (uint32_t i = 0; i < votes->rows; i++)
        coded->length[i] = (uint32_t)(votes->start[i + 1] - votes->start[i]);
    coded_votes_cut(coded);
    size_t codes = (size_t)coded->statements * VOTE_KINDS;
    struct coding work = { coded, votes, memory_new(codes * VOTES_CHUNKS, sizeof(uint32_t)) };
    team_run(team, VOTES_CHUNKS, code_chunk, &work);
    for (size_t c = 0; c < VOTES_CHUNKS; c++)
        for (size_t i = 0; i < codes; i++)
            coded->tally[i] += work.tally[c * codes + i];
    memory_free(work.tally);
    for (uint32_t j = 0; j < coded->statements; j++)
        coded_votes_mean(coded, j);
}

void coded_votes_sample(struct coded_votes *coded, const struct coded_votes *from,
                        const uint32_t *who, uint32_t count)
{
    uint64_t votes = 0;
    for (uint32_t i = 0; i < count; i++)
        votes += from->length[who[i]];
    room_for(coded, count, from->statements, votes);
    for (uint32_t i = 0; i < count; i++) {
        const uint16_t *row = from->code + from->start[who[i]];
        uint32_t length = coded->length[i] = from->length[who[i]];
        uint16_t *copy = coded->code + coded->start[i];
        coded->start[i + 1] = coded->start[i] + length;
        for (uint32_t e = 0; e < length; e++) {
            copy[e] = row[e];
            coded->tally[row[e]]++;
        }
    }
    coded_votes_cut(coded);
    for (uint32_t j = 0; j < coded->statements; j++)
        coded_votes_mean(coded, j);
}

void coded_votes_free(struct coded_votes *coded)
{
    memory_free(coded->start);
    memory_free(coded->length);
    memory_free(coded->code);
    memory_free(coded->tally);
    memory_free(coded->mean);
    *coded = (struct coded_votes){ 0 };
}

double coded_votes_variance(const struct coded_votes *coded)
{
    double sum = 0;
    for (uint32_t j = 0; j < coded->statements; j++)
        for (uint32_t kind = 0; kind < VOTE_KINDS; kind++) {
            double off = vote_value(kind) - coded->mean[j];
            sum += coded->tally[(size_t)j * VOTE_KINDS + kind] * off * off;
        }
    return sum;
}
