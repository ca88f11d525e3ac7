#include "commands/opinions_matrix.h"

#include "base/memory.h"
#include "commands/opinions_read.h"

bool matrix_add(struct matrix *m, struct matrix_vote vote)
{
    if (m->count == OPINIONS_MOST_VOTES)
        return false;
    if (m->count == m->room) {
        m->room = m->room ? m->room * 2 : 4096;
        m->vote = memory_grow(m->vote, m->room, sizeof *m->vote);
    }
    m->vote[m->count++] = vote;
    return true;
}

void matrix_free(struct matrix *m)
{
    memory_free(m->vote);
    *m = (struct matrix){ 0 };
}

static uint32_t key_of(const struct matrix_vote *vote, bool by_person)
{
    return by_person ? vote->person : vote->statement;
}

/* A counting sort that leaves equals in the order they came. */
static void sort_by(struct matrix *m, uint32_t keys, bool by_person)
{
    struct matrix_vote *sorted = memory_new(m->count, sizeof *sorted);
    uint64_t *next = memory_new((size_t)keys + 1, sizeof *next);
    for (uint64_t e = 0; e < m->count; e++)
        next[key_of(&m->vote[e], by_person) + 1]++;
    for (uint32_t key = 0; key < keys; key++)
        next[key + 1] += next[key];
    for (uint64_t e = 0; e < m->count; e++)
        sorted[next[key_of(&m->vote[e], by_person)]++] = m->vote[e];
    memory_free(m->vote);
    memory_free(next);
    m->vote = sorted;
    m->room = m->count;
}

static void renumber(struct matrix *m, const uint32_t *row, const uint32_t *column)
{
    uint64_t kept = 0;
    for (uint64_t e = 0; e < m->count; e++) {
        struct matrix_vote vote = m->vote[e];
        if (column[vote.statement] == UINT32_MAX)
            continue;
        vote.person = row[vote.person];
        vote.statement = column[vote.statement];
        m->vote[kept++] = vote;
    }
    m->count = kept;
}

void matrix_make(struct matrix *m, const uint32_t *row, const uint32_t *column, struct csr *votes)
{
    renumber(m, row, column);
    sort_by(m, votes->columns, false);
    sort_by(m, votes->rows, true);
    votes->start = memory_new((size_t)votes->rows + 1, sizeof *votes->start);
    votes->target = memory_new(m->count, sizeof *votes->target);
    votes->value = memory_new(m->count, sizeof *votes->value);
    uint64_t count = 0;
    for (uint64_t e = 0, f; e < m->count; e = f) {
        struct matrix_vote last = m->vote[e];
        for (f = e + 1; f < m->count && m->vote[f].person == last.person &&
                        m->vote[f].statement == last.statement;
             f++)
            if (m->vote[f].time >= last.time)
                last = m->vote[f];
        votes->target[count] = last.statement;
        votes->value[count++] = (float)last.value;
        votes->start[last.person + 1] = count;
    }
    for (uint32_t i = 0; i < votes->rows; i++) /* people without votes */
        if (votes->start[i + 1] < votes->start[i])
            votes->start[i + 1] = votes->start[i];
}
