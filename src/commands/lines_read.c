#include "commands/lines_read.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"

enum { MOST_COLUMNS = 64, LONGEST_NAME = 200, SMALL_PIECE = 1 << 16 };
enum { A, B, DATE, OTHER, ROLES };

/* What one member of the team reads: whole lines, from `at` to `end`. */
struct piece {
    const char *at, *end;
    struct names names, others;
    uint32_t *a, *b, *other, *fresh, *fresh_others;
    int32_t *date;
    uint64_t count, room;
    char *kept; /* unquoted names */
    size_t kept_used;
    const char *wrong; /* where reading stopped, or NULL */
    char why[360];
};

struct reading {
    const struct lines_wish *wish;
    int column[ROLES]; /* role → column, or -1 */
    int columns;
    struct piece piece[TEAM_MAX];
    uint32_t pieces;
    struct lines *into;
};

struct field {
    const char *at; /* in the text: for complaints */
    struct str value;
};

static bool complain(struct piece *p, const char *where, const char *expected, struct str found)
{
    if (p->wrong)
        return false;
    p->wrong = where;
    bool cut = found.len > 40;
    struct out why;
    out_open(&why, sizeof p->why - 1);
    out_print(&why, "expected %s, found ", expected);
    if (found.len == 0)
        out_print(&why, "nothing");
    else
        out_byte(&why, '\'');
    for (size_t i = 0; i < found.len && i < 40; i++) {
        unsigned char c = (unsigned char)found.at[i];
        out_byte(&why, c < 32 || c == 127 ? '?' : (char)c);
    }
    if (found.len)
        out_print(&why, cut ? "…'" : "'");
    memcpy(p->why, why.at, why.len);
    p->why[why.len] = 0;
    out_close(&why);
    return false;
}

/* A field between quotes; *at is on the first quote and ends behind the second. */
static bool quoted(struct piece *p, const char **at, const char *end, struct field *field)
{
    const char *from = *at + 1;
    bool doubled = false;
    for (*at = from;; ++*at) {
        if (*at >= end)
            return complain(p, field->at, "a closing quote before the end of the line",
                            (struct str){ from - 1, (size_t)(end - from + 1) });
        if (**at != '"')
            continue;
        if (*at + 1 >= end || (*at)[1] != '"')
            break;
        doubled = true;
        ++*at;
    }
    field->value = (struct str){ from, (size_t)(*at - from) };
    ++*at;
    if (!doubled)
        return true;
    if (!p->kept) /* an unquoted name is shorter than its quoted form: this is always enough */
        p->kept = memory_grow(NULL, (size_t)(p->end - from) + 1, 1);
    char *copy = p->kept + p->kept_used;
    size_t length = 0;
    for (size_t i = 0; i < field->value.len; i++) {
        copy[length++] = field->value.at[i];
        i += field->value.at[i] == '"';
    }
    p->kept_used += length;
    field->value = (struct str){ copy, length };
    return true;
}

/* Cuts one line in fields. Returns how many, or -1. */
static int cut(struct piece *p, const char *at, const char *end, struct field *fields)
{
    for (int n = 0; n < MOST_COLUMNS;) {
        struct field *f = &fields[n++];
        f->at = at;
        if (at < end && *at == '"') {
            if (!quoted(p, &at, end, f))
                return -1;
            if (at < end && *at != ',') {
                complain(p, at, "a comma after the closing quote",
                         (struct str){ at, (size_t)(end - at) });
                return -1;
            }
        } else {
            while (at < end && *at != ',')
                at++;
            f->value = (struct str){ f->at, (size_t)(at - f->at) };
        }
        if (at >= end)
            return n;
        at++;
    }
    complain(p, at, "at most 64 columns", (struct str){ at, (size_t)(end - at) });
    return -1;
}

static bool good_name(struct piece *p, const struct field *f)
{
    size_t where;
    if (f->value.len == 0)
        return complain(p, f->at, "a name", f->value);
    if (f->value.len > LONGEST_NAME)
        return complain(p, f->at, "a name of at most 200 bytes", f->value);
    for (size_t i = 0; i < f->value.len; i++)
        if ((unsigned char)f->value.at[i] < 32)
            return complain(p, f->at, "a name without control characters", f->value);
    if (!str_utf8(f->value, &where))
        return complain(p, f->at, "a name in UTF-8", STR("other bytes"));
    return true;
}

/* The number of a name; a name is only looked at closely when it is new. */
static uint32_t number(struct piece *p, struct names *names, const struct field *f)
{
    if (f->value.len == 0 || f->value.len > LONGEST_NAME) {
        good_name(p, f);
        return NAMES_NONE;
    }
    uint32_t before = names->count, n = names_number(names, f->value);
    if (names->count > before)
        good_name(p, f);
    return n;
}

static void make_room(struct reading *r, struct piece *p)
{
    if (p->count < p->room)
        return;
    p->room = p->room ? p->room * 2 : 1024;
    p->a = memory_grow(p->a, p->room, sizeof *p->a);
    p->b = memory_grow(p->b, p->room, sizeof *p->b);
    if (r->column[DATE] >= 0)
        p->date = memory_grow(p->date, p->room, sizeof *p->date);
    if (r->column[OTHER] >= 0)
        p->other = memory_grow(p->other, p->room, sizeof *p->other);
}

static bool read_beside(struct reading *r, struct piece *p, const struct field *fields, int n)
{
    const int *column = r->column;
    if (p->date) {
        p->date[p->count] = LINES_NO_DATE;
        const struct field *f = &fields[column[DATE]];
        if (column[DATE] < n && f->value.len && !lines_date_of(f->value, &p->date[p->count]))
            return complain(p, f->at, "a date like 2026-03-31", f->value);
    }
    if (p->other) {
        const struct field *f = &fields[column[OTHER]];
        bool there = column[OTHER] < n && f->value.len;
        p->other[p->count] = there ? number(p, &p->others, f) : NAMES_NONE;
    }
    return true;
}

static bool read_line(struct reading *r, struct piece *p, const char *at, const char *end)
{
    struct field fields[MOST_COLUMNS];
    int n = cut(p, at, end, fields);
    if (n < 0)
        return false;
    int last = r->column[A] > r->column[B] ? r->column[A] : r->column[B];
    if (n > r->columns)
        return complain(p, fields[r->columns].at, "no more fields than the first line has",
                        fields[r->columns].value);
    if (n <= last)
        return complain(p, end, "a field more", (struct str){ NULL, 0 });
    make_room(r, p);
    const struct field *a = &fields[r->column[A]], *b = &fields[r->column[B]];
    p->a[p->count] = number(p, &p->names, a);
    p->b[p->count] =
        r->wish->b_may_be_empty && !b->value.len ? NAMES_NONE : number(p, &p->names, b);
    if (p->wrong)
        return false;
    if (!r->wish->may_be_same && p->a[p->count] == p->b[p->count])
        return complain(p, b->at, "another name than at the other end", b->value);
    if (!read_beside(r, p, fields, n) || p->wrong)
        return false;
    p->count++;
    return true;
}

static void read_piece(void *data, uint32_t part, int member)
{
    (void)member;
    struct reading *r = data;
    struct piece *p = &r->piece[part];
    for (const char *at = p->at; at < p->end;) {
        const char *end = memchr(at, '\n', (size_t)(p->end - at));
        const char *next = end ? end + 1 : p->end;
        end = end ? end : p->end;
        if (end > at && end[-1] == '\r')
            end--;
        if (end > at && !read_line(r, p, at, end))
            return;
        at = next;
    }
}

static bool read_header(struct reading *r, struct piece *p, const char *at, const char *end)
{
    struct field fields[MOST_COLUMNS];
    const char *names[ROLES] = { r->wish->a, r->wish->b, r->wish->date, r->wish->other };
    int n = cut(p, at, end, fields);
    if (n < 0)
        return false;
    r->columns = n;
    for (int role = 0; role < ROLES; role++) {
        r->column[role] = -1;
        for (int i = 0; i < n && names[role]; i++)
            if (str_is(str_trim(fields[i].value), str_of(names[role])))
                r->column[role] = i;
    }
    if (r->column[A] < 0 || r->column[B] < 0) {
        char expected[100];
        struct out out;
        out_open(&out, sizeof expected - 1);
        out_print(&out, "a first line that names the columns %s and %s", names[A], names[B]);
        memcpy(expected, out.at, out.len);
        expected[out.len] = 0;
        out_close(&out);
        return complain(p, at, expected, (struct str){ at, (size_t)(end - at) });
    }
    return true;
}

/* Even pieces that begin and end between lines. */
static void share_out(struct reading *r, const char *at, const char *end, int members)
{
    uint64_t size = (uint64_t)(end - at);
    uint32_t pieces = size < SMALL_PIECE ? 1 : (uint32_t)members;
    const char *from = at;
    r->pieces = pieces;
    for (uint32_t i = 0; i < pieces; i++) {
        const char *to = i + 1 == pieces ? end : at + team_cut(size, i + 1, pieces);
        const char *line = to < from ? from : to;
        const char *mark = line < end ? memchr(line, '\n', (size_t)(end - line)) : NULL;
        to = mark && i + 1 < pieces ? mark + 1 : end;
        struct piece *p = &r->piece[i];
        p->at = from;
        p->end = to;
        names_open(&p->names);
        names_open(&p->others);
        from = to;
    }
}

static void write_complaint(const struct piece *p, struct str text, const char *file,
                            struct out *complaint)
{
    uint64_t line = 1;
    const char *start = text.at;
    for (const char *c = text.at; c < p->wrong; c++)
        if (*c == '\n') {
            line++;
            start = c + 1;
        }
    out_print(complaint, "%s:%llu:%llu: %s\n", file, (unsigned long long)line,
              (unsigned long long)(p->wrong - start + 1), p->why);
}

/* All names of all pieces in one table, sorted; fresh[] of a piece leads there. */
static void merge_names(struct reading *r, bool others)
{
    struct names *all = others ? &r->into->others : &r->into->names;
    names_open(all);
    for (uint32_t i = 0; i < r->pieces; i++) {
        struct piece *p = &r->piece[i];
        struct names *mine = others ? &p->others : &p->names;
        uint32_t *fresh = memory_grow(NULL, mine->count, sizeof *fresh);
        for (uint32_t n = 0; n < mine->count; n++)
            fresh[n] = names_number(all, mine->name[n]);
        *(others ? &p->fresh_others : &p->fresh) = fresh;
    }
    uint32_t *sorted = memory_grow(NULL, all->count, sizeof *sorted);
    names_sort(all, sorted);
    for (uint32_t i = 0; i < r->pieces; i++) {
        struct piece *p = &r->piece[i];
        uint32_t *fresh = others ? p->fresh_others : p->fresh;
        uint32_t count = others ? p->others.count : p->names.count;
        for (uint32_t n = 0; n < count; n++)
            fresh[n] = sorted[fresh[n]];
    }
    memory_free(sorted);
}

static void copy_piece(void *data, uint32_t part, int member)
{
    (void)member;
    struct reading *r = data;
    struct lines *l = r->into;
    uint64_t at = 0;
    for (uint32_t i = 0; i < part; i++)
        at += r->piece[i].count;
    struct piece *p = &r->piece[part];
    for (uint64_t i = 0; i < p->count; i++) {
        l->a[at + i] = p->fresh[p->a[i]];
        l->b[at + i] = p->b[i] == NAMES_NONE ? NAMES_NONE : p->fresh[p->b[i]];
        if (l->other)
            l->other[at + i] =
                p->other[i] == NAMES_NONE ? NAMES_NONE : p->fresh_others[p->other[i]];
    }
    if (l->date && p->count)
        memcpy(l->date + at, p->date, p->count * sizeof *l->date);
}

static void put_together(struct reading *r, struct team *team)
{
    struct lines *l = r->into;
    merge_names(r, false);
    merge_names(r, true);
    l->kept = memory_new(r->pieces, sizeof *l->kept);
    l->kept_count = r->pieces;
    for (uint32_t i = 0; i < r->pieces; i++) {
        l->count += r->piece[i].count;
        l->kept[i] = r->piece[i].kept;
        r->piece[i].kept = NULL;
    }
    l->a = memory_grow(NULL, l->count, sizeof *l->a);
    l->b = memory_grow(NULL, l->count, sizeof *l->b);
    if (r->column[DATE] >= 0)
        l->date = memory_grow(NULL, l->count, sizeof *l->date);
    if (r->column[OTHER] >= 0)
        l->other = memory_grow(NULL, l->count, sizeof *l->other);
    team_do(team, r->pieces, copy_piece, r);
}

static void drop_pieces(struct reading *r)
{
    for (uint32_t i = 0; i < r->pieces; i++) {
        struct piece *p = &r->piece[i];
        names_close(&p->names);
        names_close(&p->others);
        memory_free(p->a);
        memory_free(p->b);
        memory_free(p->other);
        memory_free(p->fresh);
        memory_free(p->fresh_others);
        memory_free(p->date);
        memory_free(p->kept);
    }
}

bool lines_read(struct lines *lines, struct str text, const char *file,
                const struct lines_wish *wish, struct team *team, struct out *complaint)
{
    *lines = (struct lines){ 0 };
    struct reading *r = memory_new(1, sizeof *r);
    *r = (struct reading){ .wish = wish, .into = lines };
    struct piece head = { 0 };
    const char *at = text.at, *end = text.at + text.len;
    if (str_starts(text, STR("\xef\xbb\xbf")))
        at += 3;
    const char *line_end = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
    const char *body = line_end ? line_end + 1 : end;
    line_end = line_end ? line_end : end;
    if (line_end > at && line_end[-1] == '\r')
        line_end--;
    head.end = end;
    bool good = read_header(r, &head, at, line_end);
    const struct piece *wrong = &head;
    if (good) {
        share_out(r, body, end, team_size(team));
        team_do(team, r->pieces, read_piece, r);
        for (uint32_t i = r->pieces; i-- > 0;)
            if (r->piece[i].wrong) {
                wrong = &r->piece[i];
                good = false;
            }
    }
    if (good)
        put_together(r, team);
    else
        write_complaint(wrong, text, file, complaint);
    memory_free(head.kept);
    drop_pieces(r);
    memory_free(r);
    return good;
}

void lines_close(struct lines *lines)
{
    names_close(&lines->names);
    names_close(&lines->others);
    memory_free(lines->a);
    memory_free(lines->b);
    memory_free(lines->date);
    memory_free(lines->other);
    for (uint32_t i = 0; i < lines->kept_count; i++)
        memory_free(lines->kept[i]);
    memory_free(lines->kept);
    *lines = (struct lines){ 0 };
}

bool lines_load(struct str *text, const char *file, struct out *complaint)
{
    bool standard = strcmp(file, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC);
    char *bytes = NULL;
    size_t length = 0, room = 0;
    ssize_t got = fd < 0 ? -1 : 1;
    while (got > 0) {
        if (length == room) {
            room = room ? room * 2 : 1 << 20;
            bytes = memory_grow(bytes, room, 1);
        }
        got = read(fd, bytes + length, room - length);
        if (got < 0 && errno == EINTR)
            got = 1; /* again */
        else if (got > 0)
            length += (size_t)got;
    }
    if (got < 0) {
        out_print(complaint, "%s: cannot be read: %s\n", file, strerror(errno));
        memory_free(bytes);
    }
    if (fd >= 0 && !standard)
        close(fd);
    *text = (struct str){ bytes, length };
    return got == 0;
}
