/* suggest_read_lines.c - lines between people, looked up in batches so that memory is asked
 * for the next ids while the first are still on their way. */
#include "commands/suggest_cells.h"
#include "commands/suggest_ids.h"
#include "maths/suggest_threads.h"

#include <stdlib.h>
#include <string.h>

enum { A, B, SINCE, NAMED };
enum { BATCH = 32 };

static const char *const columns[] = { "a", "b", "since", "named", NULL };

struct tie {
    struct id_probe a, b;
    bool named;
};

struct stretch {
    struct cells cells;
    uint32_t *a, *b;
    uint64_t count, room;
    uint64_t *named;
    uint64_t named_count, named_room;
    struct tie batch[BATCH];
    unsigned batched;
};

struct reading {
    const int *role;
    unsigned columns;
    const struct suggest_crowd *crowd;
    struct stretch *stretch;
    struct suggest_ties *ties;
    uint64_t *first;
};

static uint64_t pair_of(uint32_t a, uint32_t b)
{
    return a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
}

static bool look_up(struct reading *r, struct stretch *s, const struct id_probe *probe,
                    uint32_t *person)
{
    char room[64];
    *person = ids_find(r->crowd->ids, probe);
    if (*person != UINT32_MAX)
        return true;
    return cells_fault(&s->cells, probe->text.at,
                       "expected the id of somebody among the people, "
                       "found %s",
                       cells_found(probe->text, room));
}

static void make_room(struct stretch *s)
{
    if (s->count + BATCH > s->room) {
        s->room = s->room ? 2 * s->room : 4096;
        s->a = memory_grow(s->a, s->room, sizeof *s->a);
        s->b = memory_grow(s->b, s->room, sizeof *s->b);
    }
    if (s->named_count + BATCH > s->named_room) {
        s->named_room = s->named_room ? 2 * s->named_room : 1024;
        s->named = memory_grow(s->named, s->named_room, sizeof *s->named);
    }
}

static bool flush(struct reading *r, struct stretch *s)
{
    char room[64];
    make_room(s);
    for (unsigned i = 0; i < s->batched; i++) {
        struct tie *tie = &s->batch[i];
        uint32_t a, b;
        if (!look_up(r, s, &tie->a, &a) || !look_up(r, s, &tie->b, &b))
            return false;
        if (a == b)
            return cells_fault(&s->cells, tie->b.text.at,
                               "expected two different people, found %s "
                               "twice",
                               cells_found(tie->b.text, room));
        s->a[s->count] = a;
        s->b[s->count++] = b;
        if (tie->named)
            s->named[s->named_count++] = pair_of(a, b);
    }
    s->batched = 0;
    return true;
}

static bool read_id(struct reading *r, struct stretch *s, struct str cell, struct id_probe *probe)
{
    char room[64];
    cell = str_trim(cell);
    if (cell.len == 0)
        return cells_fault(&s->cells, cell.at, "expected an id, found nothing");
    if (cell.at < s->cells.begin || cell.at >= s->cells.end)
        return cells_fault(&s->cells, cell.at, "expected an id without quotes in it, found %s",
                           cells_found(cell, room));
    *probe = id_probe(cell, s->cells.end);
    __builtin_prefetch(&r->crowd->ids->slot[probe->hash & r->crowd->ids->mask]);
    return true;
}

/* 2026, 2026-05 or 2026-05-31; nothing is fine too. */
static bool is_since(struct str text)
{
    if (text.len != 0 && text.len != 4 && text.len != 7 && text.len != 10)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (i == 4 || i == 7 ? text.at[i] != '-' : text.at[i] < '0' || text.at[i] > '9')
            return false;
    return true;
}

static bool read_cell(struct reading *r, struct stretch *s, int role, struct str cell,
                      struct tie *tie)
{
    char room[64];
    switch (role) {
    case A:
        return read_id(r, s, cell, &tie->a);
    case B:
        return read_id(r, s, cell, &tie->b);
    case SINCE:
        return is_since(str_trim(cell)) ||
               cells_fault(&s->cells, cell.at,
                           "expected since as a day, a month or a year, like 2026-05-31, found %s",
                           cells_found(cell, room));
    case NAMED:
        cell = str_trim(cell);
        tie->named = str_is(cell, STR("yes"));
        return tie->named || cell.len == 0 || str_is(cell, STR("no")) ||
               cells_fault(&s->cells, cell.at, "expected named as yes or no, found %s",
                           cells_found(cell, room));
    default:
        return true;
    }
}

static bool read_row(struct reading *r, struct stretch *s)
{
    const char *row = s->cells.at;
    struct tie *tie = &s->batch[s->batched];
    unsigned column = 0;
    tie->named = false;
    for (bool last = false; !last; column++) {
        struct str cell;
        const char *at = s->cells.at;
        if (column == r->columns)
            return cells_fault(&s->cells, at, "expected %u columns, found more", r->columns);
        if (!cells_next(&s->cells, &cell, &last) || !read_cell(r, s, r->role[column], cell, tie))
            return false;
    }
    if (column < r->columns)
        return cells_fault(&s->cells, row, "expected %u columns, found %u", r->columns, column);
    return ++s->batched < BATCH || flush(r, s);
}

static void read_stretch(void *with, uint64_t from, uint64_t to, unsigned thread)
{
    struct reading *r = with;
    (void)thread;
    for (; from < to; from++) {
        struct stretch *s = &r->stretch[from];
        bool fine = true;
        while (fine && cells_more(&s->cells))
            fine = read_row(r, s);
        /* what is still in the batch stands before whatever stopped the reading */
        if (s->batched && (fine || s->batched < BATCH)) {
            struct cells stopped = s->cells;
            if (flush(r, s))
                s->cells = stopped;
        }
    }
}

static void join_stretch(void *with, uint64_t from, uint64_t to, unsigned thread)
{
    struct reading *r = with;
    (void)thread;
    for (; from < to; from++) {
        struct stretch *s = &r->stretch[from];
        memcpy((uint32_t *)r->ties->lines.a + r->first[from], s->a, s->count * sizeof *s->a);
        memcpy((uint32_t *)r->ties->lines.b + r->first[from], s->b, s->count * sizeof *s->b);
    }
}

static int by_pair(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static void join_named(struct reading *r, unsigned parts)
{
    struct suggest_ties *ties = r->ties;
    for (unsigned i = 0; i < parts; i++)
        ties->named_count += r->stretch[i].named_count;
    ties->named = memory_new(ties->named_count, sizeof *ties->named);
    uint64_t at = 0;
    for (unsigned i = 0; i < parts; i++)
        for (uint64_t j = 0; j < r->stretch[i].named_count; j++)
            ties->named[at++] = r->stretch[i].named[j];
    qsort(ties->named, ties->named_count, sizeof *ties->named, by_pair);
}

static void join(struct reading *r, unsigned parts, unsigned threads)
{
    uint64_t first[SUGGEST_READERS], total = 0;
    for (unsigned i = 0; i < parts; i++) {
        first[i] = total;
        total += r->stretch[i].count;
    }
    r->first = first;
    r->ties->lines.count = total;
    if (parts == 1) { /* nothing to join: hand over */
        r->ties->lines.a = r->stretch[0].a;
        r->ties->lines.b = r->stretch[0].b;
        r->stretch[0].a = r->stretch[0].b = NULL;
    } else {
        r->ties->lines.a = memory_new(total, sizeof(uint32_t));
        r->ties->lines.b = memory_new(total, sizeof(uint32_t));
        suggest_share_work(threads, parts, 1, join_stretch, r);
    }
    join_named(r, parts);
}

bool suggest_read_lines(struct str text, unsigned threads, const struct suggest_crowd *crowd,
                        struct suggest_ties *ties, struct suggest_fault *fault)
{
    int role[CELLS_COLUMNS];
    struct reading r = { .role = role, .crowd = crowd, .ties = ties };
    struct str whole = text;
    *ties = (struct suggest_ties){ 0 };
    if (!cells_header(&text, columns, 2, role, &r.columns, fault))
        return false;
    struct cells cells[SUGGEST_READERS];
    unsigned parts = cells_cut(text, threads < 1 ? 1 : threads, cells);
    r.stretch = memory_new(parts, sizeof *r.stretch);
    for (unsigned i = 0; i < parts; i++)
        r.stretch[i].cells = cells[i];
    suggest_share_work(threads, parts, 1, read_stretch, &r);
    for (unsigned i = 0; i < parts; i++)
        cells[i] = r.stretch[i].cells;
    bool fine = cells_agree(whole, cells, parts, fault);
    if (fine)
        join(&r, parts, threads);
    for (unsigned i = 0; i < parts; i++) {
        memory_free(r.stretch[i].a);
        memory_free(r.stretch[i].b);
        memory_free(r.stretch[i].named);
        arena_free(cells[i].copies);
    }
    memory_free(r.stretch);
    return fine;
}

void suggest_ties_free(struct suggest_ties *ties)
{
    memory_free((void *)ties->lines.a);
    memory_free((void *)ties->lines.b);
    memory_free(ties->named);
    *ties = (struct suggest_ties){ 0 };
}

bool suggest_may_name(const struct suggest_ties *ties, uint32_t a, uint32_t b)
{
    uint64_t pair = pair_of(a, b);
    return ties->named_count > 0 &&
           bsearch(&pair, ties->named, ties->named_count, sizeof pair, by_pair);
}
