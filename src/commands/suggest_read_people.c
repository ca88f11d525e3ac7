/* suggest_read_people.c - each thread reads a stretch of rows with its own vocabulary; then the
 * vocabularies become one, sorted, so that numbers do not depend on who read what. */
#include "commands/suggest_cells.h"
#include "commands/suggest_ids.h"
#include "maths/suggest_threads.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LISTED_MOST 100u
#define OPEN_MOST   1000

enum { ID, OPEN, LANGUAGES, STRENGTHS, WISHES, INTERESTS, X, Y };
enum { LISTS = 4, BOOKS = 3 };

static const char *const columns[] = { "id",        "open", "languages", "strengths", "wishes",
                                       "interests", "x",    "y",         NULL };
static const char *const called[] = { "an id",      "open",   "a language",
                                      "a strength", "a wish", "an interest" };
static const unsigned book_of[LISTS] = { 0, 1, 1, 2 }; /* strengths and wishes share one */

struct words {
    uint32_t *tag;
    uint64_t count, room;
    uint32_t *start; /* by person of the stretch, +1 */
};

struct stretch {
    struct cells cells;
    uint32_t count, room;
    struct str *id;
    float *x, *y;
    uint16_t *open;
    struct words list[LISTS];
    struct suggest_ids book[BOOKS];
    uint32_t *becomes[BOOKS]; /* own number -> number for all */
    uint32_t first;           /* the first person's number among all */
    uint64_t first_tag[LISTS];
};

struct reading {
    const int *role;
    unsigned columns;
    struct stretch *stretch;
    struct suggest_crowd *crowd;
};

static void make_room(struct stretch *s)
{
    if (s->count < s->room)
        return;
    s->room = s->room ? 2 * s->room : 1024;
    s->id = memory_grow(s->id, s->room, sizeof *s->id);
    s->x = memory_grow(s->x, s->room, sizeof *s->x);
    s->y = memory_grow(s->y, s->room, sizeof *s->y);
    s->open = memory_grow(s->open, s->room, sizeof *s->open);
    for (int l = 0; l < LISTS; l++)
        s->list[l].start = memory_grow(s->list[l].start, s->room + 1u, sizeof(uint32_t));
}

static const char *readable_end(const struct stretch *s, struct str text)
{
    return text.at >= s->cells.begin && text.at < s->cells.end ? s->cells.end : text.at + text.len;
}

static bool read_words(struct stretch *s, int list, struct str cell)
{
    struct words *words = &s->list[list];
    struct suggest_ids *book = &s->book[book_of[list]];
    uint32_t listed = 0;
    for (struct str word; cell.len > 0 && str_split(&cell, ';', &word);) {
        bool fresh;
        word = str_trim(word);
        if (word.len == 0)
            continue;
        if (++listed > LISTED_MOST)
            return cells_fault(&s->cells, word.at, "expected at most %u items, found more",
                               LISTED_MOST);
        uint32_t tag = ids_number(book, word, readable_end(s, word), &fresh);
        if (fresh && !cells_plain(&s->cells, word, called[LANGUAGES + list]))
            return false;
        if (words->count == words->room) {
            words->room = words->room ? 2 * words->room : 4096;
            words->tag = memory_grow(words->tag, words->room, sizeof *words->tag);
        }
        words->tag[words->count++] = tag;
    }
    return true;
}

/* A plain decimal number: -12, 3.5; within ten thousand kilometres. */
static bool read_metres(struct stretch *s, const char *name, struct str cell, float *metres)
{
    char room[64];
    struct str text = str_trim(cell);
    double whole = 0, scale = 1;
    size_t at = 0, digits = 0;
    bool minus = text.len > 0 && text.at[0] == '-', point = false;
    if (text.len == 0)
        return true;
    for (at = minus; at < text.len && digits < 16; at++) {
        char byte = text.at[at];
        if (byte == '.' && !point) {
            point = true;
            continue;
        }
        if (byte < '0' || byte > '9')
            break;
        whole = whole * 10 + (byte - '0');
        scale *= point ? 10 : 1;
        digits++;
    }
    if (at < text.len || digits == 0 || whole / scale > 1e7)
        return cells_fault(&s->cells, cell.at, "expected %s in metres, like 120.5, found %s", name,
                           cells_found(cell, room));
    *metres = (float)(minus ? -whole / scale : whole / scale);
    return true;
}

static bool read_open(struct stretch *s, struct str cell, uint16_t *open)
{
    char room[64];
    int64_t number = 0;
    struct str text = str_trim(cell);
    if (text.len && (!str_number(text, &number) || number < 0 || number > OPEN_MOST))
        return cells_fault(&s->cells, cell.at,
                           "expected open as a whole number from 0 to %d, found %s", OPEN_MOST,
                           cells_found(cell, room));
    *open = (uint16_t)number;
    return true;
}

static bool read_cell(struct stretch *s, int role, struct str cell)
{
    char room[64];
    switch (role) {
    case ID:
        cell = str_trim(cell);
        if (cell.len == 0)
            return cells_fault(&s->cells, cell.at, "expected an id, found nothing");
        if (cell.at < s->cells.begin || cell.at >= s->cells.end)
            return cells_fault(&s->cells, cell.at, "expected an id without quotes in it, found %s",
                               cells_found(cell, room));
        s->id[s->count] = cell;
        return cells_plain(&s->cells, cell, called[ID]);
    case OPEN:
        return read_open(s, cell, &s->open[s->count]);
    case X:
        return read_metres(s, "x", cell, &s->x[s->count]);
    case Y:
        return read_metres(s, "y", cell, &s->y[s->count]);
    default:
        return role < 0 || read_words(s, role - LANGUAGES, cell);
    }
}

static bool read_row(struct reading *r, struct stretch *s)
{
    const char *row = s->cells.at;
    unsigned column = 0;
    make_room(s);
    s->x[s->count] = s->y[s->count] = NAN;
    s->open[s->count] = 0;
    for (bool last = false; !last; column++) {
        struct str cell;
        const char *at = s->cells.at;
        if (column == r->columns)
            return cells_fault(&s->cells, at, "expected %u columns, found more", r->columns);
        if (!cells_next(&s->cells, &cell, &last) || !read_cell(s, r->role[column], cell))
            return false;
    }
    if (column < r->columns)
        return cells_fault(&s->cells, row, "expected %u columns, found %u", r->columns, column);
    s->count++;
    for (int l = 0; l < LISTS; l++)
        s->list[l].start[s->count] = (uint32_t)s->list[l].count;
    return true;
}

static void read_stretch(void *with, uint64_t from, uint64_t to, unsigned thread)
{
    struct reading *r = with;
    (void)thread;
    for (; from < to; from++) {
        struct stretch *s = &r->stretch[from];
        make_room(s);
        for (int l = 0; l < LISTS; l++)
            s->list[l].start[0] = 0;
        while (cells_more(&s->cells) && read_row(r, s))
            ;
    }
}

static int by_text(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static uint32_t place_of(const struct str *all, uint32_t count, struct str text)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (str_compare(all[middle], text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* One vocabulary of all, in order of bytes. */
static struct str *join_books(struct stretch *s, unsigned parts, int book, uint32_t *count)
{
    uint64_t total = 0;
    for (unsigned i = 0; i < parts; i++)
        total += s[i].book[book].count;
    struct str *all = memory_new(total, sizeof *all);
    total = 0;
    for (unsigned i = 0; i < parts; i++)
        for (uint32_t w = 0; w < s[i].book[book].count; w++)
            all[total++] = s[i].book[book].text[w];
    qsort(all, total, sizeof *all, by_text);
    uint32_t kept = 0;
    for (uint64_t w = 0; w < total; w++)
        if (kept == 0 || !str_is(all[w], all[kept - 1]))
            all[kept++] = all[w];
    for (unsigned i = 0; i < parts; i++) {
        struct suggest_ids *own = &s[i].book[book];
        s[i].becomes[book] = memory_new(own->count, sizeof(uint32_t));
        for (uint32_t w = 0; w < own->count; w++)
            s[i].becomes[book][w] = place_of(all, kept, own->text[w]);
    }
    *count = kept;
    return all;
}

static struct suggest_tags *list_of(struct suggest_people *people, int list)
{
    struct suggest_tags *lists[] = { &people->languages, &people->strengths, &people->wishes,
                                     &people->interests };
    return lists[list];
}

static void join_stretch(void *with, uint64_t from, uint64_t to, unsigned thread)
{
    struct reading *r = with;
    struct suggest_people *people = &r->crowd->people;
    (void)thread;
    for (; from < to; from++) {
        struct stretch *s = &r->stretch[from];
        memcpy((float *)people->x + s->first, s->x, s->count * sizeof *s->x);
        memcpy((float *)people->y + s->first, s->y, s->count * sizeof *s->y);
        memcpy((uint16_t *)people->open + s->first, s->open, s->count * sizeof *s->open);
        memcpy(r->crowd->id + s->first, s->id, s->count * sizeof *s->id);
        uint64_t *key = (uint64_t *)people->key + s->first;
        for (uint32_t i = 0; i < s->count; i++)
            key[i] = id_probe(s->id[i], s->id[i].at + s->id[i].len).hash;
        for (int l = 0; l < LISTS; l++) {
            struct suggest_tags *tags = list_of(people, l);
            uint32_t *tag = (uint32_t *)tags->tag + s->first_tag[l];
            uint32_t *start = (uint32_t *)tags->start + s->first;
            for (uint64_t i = 0; i < s->list[l].count; i++)
                tag[i] = s->becomes[book_of[l]][s->list[l].tag[i]];
            for (uint32_t i = 1; i <= s->count; i++)
                start[i] = (uint32_t)s->first_tag[l] + s->list[l].start[i];
        }
    }
}

static void close_stretch(struct stretch *s)
{
    memory_free(s->id);
    memory_free(s->x);
    memory_free(s->y);
    memory_free(s->open);
    for (int l = 0; l < LISTS; l++) {
        memory_free(s->list[l].tag);
        memory_free(s->list[l].start);
    }
    for (int b = 0; b < BOOKS; b++) {
        ids_free(&s->book[b]);
        memory_free(s->becomes[b]);
    }
}

static void join(struct reading *r, unsigned parts, unsigned threads)
{
    struct suggest_crowd *crowd = r->crowd;
    struct suggest_people *people = &crowd->people;
    uint64_t tags[LISTS] = { 0 };
    for (unsigned i = 0; i < parts; i++) {
        struct stretch *s = &r->stretch[i];
        s->first = people->count;
        people->count += s->count;
        for (int l = 0; l < LISTS; l++) {
            s->first_tag[l] = tags[l];
            tags[l] += s->list[l].count;
        }
    }
    people->x = memory_new(people->count, sizeof *people->x);
    people->y = memory_new(people->count, sizeof *people->y);
    people->open = memory_new(people->count, sizeof *people->open);
    people->key = memory_new(people->count, sizeof *people->key);
    crowd->id = memory_new(people->count, sizeof *crowd->id);
    crowd->language = join_books(r->stretch, parts, 0, &crowd->languages);
    crowd->skill = join_books(r->stretch, parts, 1, &crowd->skills);
    crowd->interest = join_books(r->stretch, parts, 2, &crowd->interests);
    const uint32_t kinds[LISTS] = { crowd->languages, crowd->skills, crowd->skills,
                                    crowd->interests };
    for (int l = 0; l < LISTS; l++) {
        struct suggest_tags *list = list_of(people, l);
        list->kinds = kinds[l];
        list->start = memory_new((size_t)people->count + 1, sizeof *list->start);
        list->tag = memory_new(tags[l], sizeof *list->tag);
    }
    suggest_share_work(threads, parts, 1, join_stretch, r);
}

/* False when two people have the same id; the fault stands at the second. */
static bool number_ids(struct suggest_crowd *crowd, struct str whole, struct suggest_fault *fault)
{
    uint32_t twin[2];
    char room[64];
    struct cells c = { .begin = whole.at, .cell = whole.at, .end = whole.at + whole.len };
    crowd->ids = memory_new(1, sizeof *crowd->ids);
    if (ids_over(crowd->ids, crowd->id, crowd->people.count, twin))
        return true;
    struct str id = crowd->id[twin[1]];
    cells_fault(&c, id.at, "expected each id once, found %s again", cells_found(id, room));
    return cells_agree(whole, &c, 1, fault);
}

bool suggest_read_people(struct str text, unsigned threads, struct suggest_crowd *crowd,
                         struct suggest_fault *fault)
{
    int role[CELLS_COLUMNS];
    struct reading r = { .role = role, .crowd = crowd };
    struct str whole = text;
    *crowd = (struct suggest_crowd){ 0 };
    if (!cells_header(&text, columns, 2, role, &r.columns, fault))
        return false;
    struct cells cells[SUGGEST_READERS];
    struct stretch *stretch = memory_new(SUGGEST_READERS, sizeof *stretch);
    unsigned parts = cells_cut(text, threads < 1 ? 1 : threads, cells);
    r.stretch = stretch;
    for (unsigned i = 0; i < parts; i++)
        stretch[i] = (struct stretch){ .cells = cells[i] };
    suggest_share_work(threads, parts, 1, read_stretch, &r);
    for (unsigned i = 0; i < parts; i++) {
        cells[i] = stretch[i].cells;
        crowd->copies[i] = cells[i].copies;
    }
    bool fine = cells_agree(whole, cells, parts, fault);
    if (fine)
        join(&r, parts, threads);
    for (unsigned i = 0; i < parts; i++)
        close_stretch(&stretch[i]);
    memory_free(stretch);
    return fine && number_ids(crowd, whole, fault);
}

void suggest_crowd_free(struct suggest_crowd *crowd)
{
    struct suggest_people *people = &crowd->people;
    for (int l = 0; l < LISTS; l++) {
        memory_free((void *)list_of(people, l)->start);
        memory_free((void *)list_of(people, l)->tag);
    }
    memory_free((void *)people->x);
    memory_free((void *)people->y);
    memory_free((void *)people->open);
    memory_free((void *)people->key);
    memory_free(crowd->id);
    memory_free(crowd->language);
    memory_free(crowd->skill);
    memory_free(crowd->interest);
    if (crowd->ids)
        ids_free(crowd->ids);
    memory_free(crowd->ids);
    for (unsigned i = 0; i < SUGGEST_READERS; i++)
        arena_free(crowd->copies[i]);
    *crowd = (struct suggest_crowd){ 0 };
}

uint32_t suggest_find_person(const struct suggest_crowd *crowd, struct str id)
{
    struct id_probe probe = id_probe(id, id.at + id.len);
    return ids_find(crowd->ids, &probe);
}
