#include "base/csv.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"

static void wrong_at(struct csv *csv, size_t where, const char *expected, const char *found)
{
    struct str before = { csv->all.at + csv->line_start, where - csv->line_start };
    csv->broken = true;
    csv->error.line = csv->line;
    csv->error.column = (uint32_t)str_characters(before) + 1;
    snprintf(csv->error.expected, sizeof csv->error.expected, "%s", expected);
    snprintf(csv->error.found, sizeof csv->error.found, "%s", found);
}

/* Moves `line` and `line_start` to the line that holds byte `where`. */
static void go_to(struct csv *csv, size_t where)
{
    for (size_t i = csv->line_start; i < where; i++)
        if (csv->all.at[i] == '\n') {
            csv->line++;
            csv->line_start = i + 1;
        }
}

bool csv_open(struct csv *csv, struct str all)
{
    size_t bad;
    *csv = (struct csv){ .all = all, .line = 1 };
    if (str_starts(all, STR("\xef\xbb\xbf")))
        csv->next = csv->line_start = 3;
    if (str_utf8(all, &bad))
        return true;
    char found[32];
    snprintf(found, sizeof found, "byte 0x%02x", (unsigned char)all.at[bad]);
    go_to(csv, bad);
    wrong_at(csv, bad, "text in UTF-8", found);
    return false;
}

void csv_close(struct csv *csv)
{
    memory_free(csv->fields);
    memory_free(csv->scratch);
    *csv = (struct csv){ 0 };
}

static void found_here(const struct csv *csv, size_t at, char *found, size_t room)
{
    unsigned char c = at < csv->all.len ? (unsigned char)csv->all.at[at] : 0;
    if (at >= csv->all.len)
        snprintf(found, room, "the end of the file");
    else if (c == '\r' || c == '\n')
        snprintf(found, room, "%s", c == '\r' ? "a lone carriage return" : "the end of the line");
    else if (c < 0x20 || c >= 0x7f)
        snprintf(found, room, "byte 0x%02x", c);
    else
        snprintf(found, room, "'%c'", c);
}

static bool refuse(struct csv *csv, size_t at, const char *expected)
{
    char found[64];
    found_here(csv, at, found, sizeof found);
    wrong_at(csv, at, expected, found);
    return false;
}

static bool add_field(struct csv *csv, struct str text, size_t at, bool quoted)
{
    if (csv->count == CSV_MOST_FIELDS)
        return refuse(csv, at, "at most 32768 fields in a row");
    if (csv->count == csv->room) {
        csv->room = csv->room ? csv->room * 2 : 16;
        csv->fields = memory_grow(csv->fields, csv->room, sizeof *csv->fields);
    }
    struct csv_field *field = &csv->fields[csv->count++];
    /* Until the row is whole a column is a byte offset; csv_wrong turns it into characters. */
    *field = (struct csv_field){ text, csv->line, (uint32_t)(at - csv->line_start), quoted };
    return true;
}

/* A field in quotes that starts at *at; its text goes to the scratch, as an offset for now. */
static bool quoted_field(struct csv *csv, size_t *at)
{
    size_t i = *at + 1, from = csv->scratch_len;
    size_t opening = *at, opening_line_start = csv->line_start;
    uint32_t opening_line = csv->line;
    const char *bytes = csv->all.at;
    for (;; i++) {
        if (i >= csv->all.len) {
            csv->line = opening_line;
            csv->line_start = opening_line_start;
            wrong_at(csv, opening, "a closing quote for this field", "the end of the file");
            return false;
        }
        if (bytes[i] == '"' && (i + 1 >= csv->all.len || bytes[i + 1] != '"'))
            break;
        if (bytes[i] == '"')
            i++;
        if (csv->scratch_len == csv->scratch_room) {
            csv->scratch_room = csv->scratch_room ? csv->scratch_room * 2 : 1024;
            csv->scratch = memory_grow(csv->scratch, csv->scratch_room, 1);
        }
        csv->scratch[csv->scratch_len++] = bytes[i];
        if (bytes[i] == '\n') {
            csv->line++;
            csv->line_start = i + 1;
        }
    }
    *at = i + 1;
    if (!add_field(csv, (struct str){ NULL, csv->scratch_len - from }, opening, true))
        return false;
    struct csv_field *field = &csv->fields[csv->count - 1];
    field->line = opening_line;
    field->column = (uint32_t)(opening - opening_line_start);
    return true;
}

static bool plain_field(struct csv *csv, size_t *at)
{
    size_t i = *at;
    const char *bytes = csv->all.at;
    while (i < csv->all.len && bytes[i] != ',' && bytes[i] != '\n' && bytes[i] != '\r' &&
           bytes[i] != '"')
        i++;
    if (i < csv->all.len && bytes[i] == '"')
        return refuse(csv, i, "no quote in the middle of a field");
    struct str text = { bytes + *at, i - *at };
    bool added = add_field(csv, text, *at, false);
    *at = i;
    return added;
}

/* Past the end of the line at *at, if that is where it stands. */
static bool line_ends(struct csv *csv, size_t *at)
{
    const char *bytes = csv->all.at;
    size_t i = *at;
    if (i < csv->all.len && bytes[i] == '\r' && i + 1 < csv->all.len && bytes[i + 1] == '\n')
        i++;
    if (i < csv->all.len && bytes[i] != '\n')
        return false;
    *at = i < csv->all.len ? i + 1 : i;
    return true;
}

static bool only_empty_lines_left(const struct csv *csv)
{
    for (size_t i = csv->next; i < csv->all.len; i++)
        if (csv->all.at[i] != '\n' && csv->all.at[i] != '\r')
            return false;
    return true;
}

static void give_quoted_their_text(struct csv *csv)
{
    const char *at = csv->scratch;
    for (uint32_t i = 0; i < csv->count; i++)
        if (csv->fields[i].quoted) {
            csv->fields[i].text.at = at ? at : "";
            at = at ? at + csv->fields[i].text.len : NULL;
        }
}

static bool width_is_right(struct csv *csv, size_t end)
{
    char expected[64], found[64];
    if (csv->width == 0)
        csv->width = csv->count;
    if (csv->count == csv->width)
        return true;
    snprintf(expected, sizeof expected, "%u fields as in the first row", csv->width);
    snprintf(found, sizeof found, "%u", csv->count);
    wrong_at(csv, end, expected, found);
    return false;
}

bool csv_row(struct csv *csv)
{
    csv->count = 0;
    csv->scratch_len = 0;
    if (csv->broken || csv->next >= csv->all.len)
        return false;
    char first = csv->all.at[csv->next];
    if ((first == '\n' || first == '\r') && only_empty_lines_left(csv))
        return false;
    size_t at = csv->next, end;
    for (;;) {
        bool quoted = at < csv->all.len && csv->all.at[at] == '"';
        if (!(quoted ? quoted_field(csv, &at) : plain_field(csv, &at)))
            return false;
        end = at;
        if (line_ends(csv, &at))
            break;
        if (csv->all.at[at] != ',')
            return refuse(csv, at, "a comma or the end of the line");
        at++;
    }
    if (!width_is_right(csv, end))
        return false;
    give_quoted_their_text(csv);
    csv->next = at;
    csv->line++;
    csv->line_start = at;
    return true;
}

void csv_wrong(struct csv *csv, uint32_t i, const char *expected)
{
    const struct csv_field *field = &csv->fields[i];
    size_t start = 0;
    uint32_t line = 1;
    while (line < field->line) /* only when something is wrong, so it may walk from the start */
        line += csv->all.at[start++] == '\n';
    csv->line = field->line;
    csv->line_start = line == 1 && str_starts(csv->all, STR("\xef\xbb\xbf")) ? 3 : start;
    char found[100];
    struct str shown = str_first(field->text, 60);
    while (shown.len && shown.len < field->text.len && (shown.at[shown.len] & 0xc0) == 0x80)
        shown.len--;
    snprintf(found, sizeof found, "'%.*s%s'", STR_FMT(shown),
             shown.len < field->text.len ? "…" : "");
    wrong_at(csv, csv->line_start + field->column, expected,
             field->text.len ? found : "an empty field");
}

uint32_t csv_find(const struct csv *csv, struct str name)
{
    for (uint32_t i = 0; i < csv->count; i++)
        if (str_is(csv->fields[i].text, name))
            return i;
    return csv->count;
}
