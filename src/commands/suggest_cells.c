#include "commands/suggest_cells.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool cells_fault(struct cells *c, const char *at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(c->what, sizeof c->what, format, args);
    va_end(args);
    bool inside = at >= c->begin && at <= c->end; /* an unquoted copy stands elsewhere */
    c->fault_at = inside ? at : c->cell;
    return false;
}

const char *cells_found(struct str cell, char room[64])
{
    size_t length = cell.len < 40 ? cell.len : 40, to = 0;
    if (cell.len == 0)
        return "nothing";
    room[to++] = '\'';
    while (length > 0 && length < cell.len && ((unsigned char)cell.at[length] & 0xc0) == 0x80)
        length--; /* not halfway a character */
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)cell.at[i];
        room[to++] = byte < 32 || byte == 127 ? '?' : (char)byte;
    }
    size_t bad;
    if (!str_utf8((struct str){ room + 1, to - 1 }, &bad))
        for (size_t i = 1; i < to; i++)
            room[i] = (unsigned char)room[i] < 128 ? room[i] : '?';
    snprintf(room + to, 64 - to, "%s'", length < cell.len ? "..." : "");
    return room;
}

static bool end_cell(struct cells *c, const char *after, bool *last)
{
    if (after < c->end && *after == ',') {
        c->at = after + 1;
        *last = false;
        return true;
    }
    if (after < c->end && *after == '\r' && (after + 1 == c->end || after[1] == '\n'))
        after++;
    if (after < c->end && *after != '\n')
        return cells_fault(c, after, "expected a comma or the end of the line, found '%c'",
                           *after < 32 ? '?' : *after);
    c->at = after < c->end ? after + 1 : after;
    *last = true;
    return true;
}

/* The cell begins with a quote. */
static bool quoted(struct cells *c, struct str *cell, bool *last)
{
    const char *from = c->at + 1, *at = from;
    size_t doubled = 0;
    for (;; at++) {
        if (at == c->end || *at == '\n')
            return cells_fault(c, c->at,
                               "expected a closing quote before the end of the line, "
                               "found none");
        if (*at != '"')
            continue;
        if (at + 1 == c->end || at[1] != '"')
            break;
        at++;
        doubled++;
    }
    *cell = (struct str){ from, (size_t)(at - from) };
    if (doubled) {
        if (!c->copies)
            c->copies = arena_new((size_t)1 << 32);
        char *copy = arena_take(c->copies, cell->len), *to = copy;
        for (const char *i = from; i < at; i++) {
            *to++ = *i;
            i += *i == '"';
        }
        *cell = (struct str){ copy, cell->len - doubled };
    }
    return end_cell(c, at + 1, last);
}

bool cells_next(struct cells *c, struct str *cell, bool *last)
{
    c->cell = c->at;
    if (c->at < c->end && *c->at == '"')
        return quoted(c, cell, last);
    const char *at = c->at;
    while (at < c->end && *at != ',' && *at != '\n')
        at++;
    size_t length = (size_t)(at - c->at);
    if ((at == c->end || *at == '\n') && length > 0 && at[-1] == '\r')
        length--;
    *cell = (struct str){ c->at, length };
    *last = at == c->end || *at == '\n';
    c->at = at < c->end ? at + 1 : at;
    return true;
}

bool cells_more(struct cells *c)
{
    while (c->at < c->end && (*c->at == '\n' || *c->at == '\r'))
        c->at++;
    return c->at < c->end;
}

static void locate(struct str whole, const char *at, struct suggest_fault *fault)
{
    const char *line = whole.at;
    fault->line = 1;
    for (const char *next; (next = memchr(line, '\n', (size_t)(at - line))); line = next + 1)
        fault->line++;
    fault->column = (uint64_t)(at - line) + 1;
}

static int role_of(struct str name, const char *const *names)
{
    for (int i = 0; names[i]; i++)
        if (str_is(name, str_of(names[i])))
            return i;
    return -1;
}

static bool header_names(struct cells *c, const char *const *names, int *role, unsigned *columns)
{
    uint32_t seen = 0;
    char room[64];
    for (bool last = false; !last;) {
        const char *at = c->at;
        struct str cell;
        if (!cells_next(c, &cell, &last))
            return false;
        if (*columns == CELLS_COLUMNS)
            return cells_fault(c, at, "expected at most %d columns, found more", CELLS_COLUMNS);
        int is = role_of(str_trim(cell), names);
        if (is >= 0 && (seen >> is & 1))
            return cells_fault(c, at, "expected each column once, found %s again",
                               cells_found(cell, room));
        if (is >= 0)
            seen |= 1u << is;
        role[(*columns)++] = is;
    }
    return true;
}

bool cells_header(struct str *text, const char *const *names, unsigned needed, int *role,
                  unsigned *columns, struct suggest_fault *fault)
{
    struct str whole = *text;
    if (str_starts(*text, STR("\xef\xbb\xbf")))
        *text = str_from(*text, 3);
    struct cells c = { .begin = text->at, .at = text->at, .end = text->at + text->len };
    const char *first = c.at;
    *columns = 0;
    bool fine = cells_more(&c) ? header_names(&c, names, role, columns)
                               : cells_fault(&c, first,
                                             "expected a header with the columns %s and "
                                             "%s, found an empty file",
                                             names[0], names[1]);
    for (unsigned n = 0; fine && n < needed; n++) {
        bool there = false;
        for (unsigned i = 0; i < *columns; i++)
            there |= role[i] == (int)n;
        if (!there)
            fine = cells_fault(&c, first, "expected a column named %s in the header, found none",
                               names[n]);
    }
    *text = (struct str){ c.at, (size_t)(c.end - c.at) };
    arena_free(c.copies);
    return fine || cells_agree(whole, &c, 1, fault);
}

unsigned cells_cut(struct str text, unsigned parts, struct cells *cells)
{
    const char *at = text.at, *end = text.at + text.len;
    unsigned made = 0;
    for (unsigned i = 1; i <= parts && (at < end || made == 0); i++) {
        const char *stop = text.at + text.len / parts * i;
        if (i == parts)
            stop = end;
        if (stop < at)
            continue;
        if (stop < end) {
            const char *line = memchr(stop, '\n', (size_t)(end - stop));
            stop = line ? line + 1 : end;
        }
        cells[made++] = (struct cells){ .begin = at, .at = at, .cell = at, .end = stop };
        at = stop;
    }
    return made;
}

bool cells_agree(struct str whole, struct cells *cells, unsigned parts, struct suggest_fault *fault)
{
    for (unsigned i = 0; i < parts; i++) {
        if (!cells[i].fault_at)
            continue;
        locate(whole, cells[i].fault_at, fault);
        memcpy(fault->what, cells[i].what, sizeof fault->what);
        return false;
    }
    return true;
}

bool cells_plain(struct cells *c, struct str cell, const char *name)
{
    bool high = false;
    char room[64];
    if (cell.len > CELLS_LONGEST)
        return cells_fault(c, cell.at, "expected %s of at most %u bytes, found %zu bytes", name,
                           CELLS_LONGEST, cell.len);
    for (size_t i = 0; i < cell.len; i++) {
        unsigned char byte = (unsigned char)cell.at[i];
        high |= byte >= 128;
        if (byte < 32 || byte == 127)
            return cells_fault(c, cell.at, "expected %s without control characters, found %s", name,
                               cells_found(cell, room));
    }
    size_t bad;
    if (high && !str_utf8(cell, &bad))
        return cells_fault(c, cell.at, "expected %s in UTF-8, found %s", name,
                           cells_found(cell, room));
    return true;
}
