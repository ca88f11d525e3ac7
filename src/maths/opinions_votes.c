#include "maths/opinions_votes.h"

#include "base/memory.h"

struct coding {
    struct coded_votes *coded;
    const struct csr *votes;
    uint32_t *tally; /* a tally a part */
};

/* The first row that starts at this vote or later. */
static uint32_t first_row_from(const struct csr *votes, uint64_t vote)
{
    uint32_t low = 0, high = votes->rows;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (votes->start[middle] < vote)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A part of the people in the order of the source, so that the source is read straight on. */
static void code_part(void *what, uint32_t part)
{
    struct coding *work = what;
    const struct coded_votes *coded = work->coded;
    const struct csr *votes = work->votes;
    uint32_t *tally = work->tally + (size_t)part * coded->statements * VOTE_KINDS;
    uint64_t all = votes->start[votes->rows];
    uint64_t from = all * part / VOTES_CHUNKS, to = all * (part + 1) / VOTES_CHUNKS;
    for (uint32_t i = first_row_from(votes, from); votes->start[i] < to; i++) {
        uint32_t length = coded->length[i];
        uint16_t *code = coded->code + coded->start[i];
        const uint32_t *target = votes->target + votes->start[i];
        const float *value = votes->value + votes->start[i];
        for (uint32_t e = 0; e < length; e++) {
            uint32_t c = target[e] * VOTE_KINDS + (uint32_t)vote_kind_of(value[e]);
            code[e] = (uint16_t)c;
            tally[c]++;
        }
    }
}

void coded_votes_touch(struct coded_votes *coded, uint32_t person)
{
    struct vote_row *row = &coded->row[coded->rank[person]];
    row->start = coded->start[person];
    row->length = coded->length[person];
}

/* By length, people of equal length by number: a counting sort. */
static void put_in_order(struct coded_votes *coded)
{
    uint32_t longest = 0;
    for (uint32_t i = 0; i < coded->people; i++)
        longest = coded->length[i] > longest ? coded->length[i] : longest;
    uint32_t *next = memory_new((size_t)longest + 2, sizeof *next);
    for (uint32_t i = 0; i < coded->people; i++)
        next[coded->length[i] + 1]++;
    for (uint32_t l = 0; l <= longest; l++)
        next[l + 1] += next[l];
    for (uint32_t i = 0; i < coded->people; i++) {
        coded->rank[i] = next[coded->length[i]]++;
        coded->row[coded->rank[i]].person = i;
        coded_votes_touch(coded, i);
    }
    memory_free(next);
}

void coded_votes_cut(struct coded_votes *coded)
{
    enum { PERSON = 8 }; /* a person costs about as much as this many votes */
    uint64_t all = 0, sum = 0;
    put_in_order(coded);
    for (uint32_t i = 0; i < coded->people; i++)
        all += coded->length[i] + PERSON;
    uint32_t chunk = 0;
    for (uint32_t r = 0; r < coded->people; r++) {
        while (chunk < VOTES_CHUNKS && sum * VOTES_CHUNKS >= all * chunk)
            coded->chunk[chunk++] = r;
        sum += coded->row[r].length + PERSON;
    }
    while (chunk <= VOTES_CHUNKS)
        coded->chunk[chunk++] = coded->people;
}

/* Where each row goes, one after another in the order of work. */
static void lay_out(struct coded_votes *coded)
{
    uint64_t next = 0;
    for (uint32_t r = 0; r < coded->people; r++) {
        coded->start[coded->row[r].person] = coded->row[r].start = next;
        next += coded->row[r].length;
    }
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
    coded->start = memory_new(people, sizeof *coded->start);
    coded->row = memory_new(people, sizeof *coded->row);
    coded->rank = memory_new(people, sizeof *coded->rank);
    coded->length = memory_new(people, sizeof *coded->length);
    coded->code = memory_new(votes, sizeof *coded->code);
    coded->tally = memory_new((size_t)statements * VOTE_KINDS, sizeof *coded->tally);
    coded->mean = memory_new(statements, sizeof *coded->mean);
}

void coded_votes_make(struct coded_votes *coded, const struct csr *votes,
                      struct opinions_team *team)
{
    room_for(coded, votes->rows, votes->columns, votes->start[votes->rows]);
    for (uint32_t i = 0; i < votes->rows; i++)
        coded->length[i] = (uint32_t)(votes->start[i + 1] - votes->start[i]);
    coded_votes_cut(coded);
    lay_out(coded);
    size_t codes = (size_t)coded->statements * VOTE_KINDS;
    struct coding work = { coded, votes, memory_new(codes * VOTES_CHUNKS, sizeof(uint32_t)) };
    opinions_team_run(team, VOTES_CHUNKS, code_part, &work);
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
    for (uint32_t i = 0; i < count; i++)
        coded->length[i] = from->length[who[i]];
    coded_votes_cut(coded);
    lay_out(coded);
    for (uint32_t r = 0; r < count; r++) {
        uint32_t i = coded->row[r].person;
        const uint16_t *row = from->code + from->start[who[i]];
        uint16_t *copy = coded->code + coded->start[i];
        for (uint32_t e = 0; e < coded->length[i]; e++) {
            copy[e] = row[e];
            coded->tally[row[e]]++;
        }
    }
    for (uint32_t j = 0; j < coded->statements; j++)
        coded_votes_mean(coded, j);
}

void coded_votes_free(struct coded_votes *coded)
{
    memory_free(coded->start);
    memory_free(coded->length);
    memory_free(coded->row);
    memory_free(coded->rank);
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
