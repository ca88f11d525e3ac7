/* mksql_statement.c - one statement: its parameters numbered, its promises checked. */
#include <strings.h>

#include "tools/mksql.h"

struct reading {
    struct query *query;
    size_t at, end;
    struct out sqlite, postgres;
    int depth;         /* of parentheses */
    int order_depth;   /* inside `order by` at this depth; -1 = not */
    struct str before; /* the word before this one */
    bool limit, changes, first_seen;
    size_t semicolon; /* where one stood, or 0 */
};

static void both(struct reading *reading, struct str text)
{
    out_raw(&reading->sqlite, text);
    out_raw(&reading->postgres, text);
}

static bool same_word(struct str a, const char *b)
{
    struct str word = str_of(b);
    return a.len == word.len && strncasecmp(a.at, b, a.len) == 0;
}

static bool one_of(struct str word, const char *const *list)
{
    for (; *list; list++)
        if (same_word(word, *list))
            return true;
    return false;
}

static void check_first(struct reading *reading, struct str word)
{
    static const char *const allowed[] = { "select", "insert", "update", "delete", "with", NULL };
    const struct query *query = reading->query;
    reading->first_seen = true;
    if (!one_of(word, allowed))
        mistake(query->source, reading->at,
                "a statement begins with select, insert, update, delete or with, not '%.*s'",
                STR_FMT(word));
    else if (query->kind == KIND_DO && same_word(word, "select"))
        mistake(query->source, reading->at,
                "a 'do' changes something; a select is 'one' or 'many'");
}

static void take_word(struct reading *reading, struct str word)
{
    static const char *const changing[] = { "insert", "update", "delete", NULL };
    static const char *const after_order[] = { "limit", "offset", "rows", "range", "groups", NULL };
    if (!reading->first_seen)
        check_first(reading, word);
    if (same_word(word, "limit"))
        reading->limit = true;
    if (one_of(word, changing))
        reading->changes = true;
    if (same_word(word, "by") && same_word(reading->before, "order"))
        reading->order_depth = reading->depth;
    else if (reading->order_depth == reading->depth && one_of(word, after_order))
        reading->order_depth = -1;
    reading->before = word;
    both(reading, word);
    reading->at += word.len;
}

static void take_parameter(struct reading *reading, struct str name)
{
    struct query *query = reading->query;
    for (size_t i = 0; i < query->in.count; i++)
        if (str_is(query->in.at[i].name, name)) {
            query->in.at[i].used = true;
            out_print(&reading->sqlite, "?%zu", i + 1);
            out_print(&reading->postgres, "$%zu", i + 1);
            if (reading->order_depth >= 0)
                mistake(query->source, reading->at,
                        "':%.*s' stands in an 'order by', where it would be a constant and order "
                        "nothing",
                        STR_FMT(name));
            reading->at += name.len + 1;
            return;
        }
    mistake(query->source, reading->at, "':%.*s' is not on the '-- in' line", STR_FMT(name));
    reading->at += name.len + 1;
}

/* 'text' and "name": copied as they are; a doubled quote inside closes and opens again. */
static void take_quoted(struct reading *reading, struct str rest)
{
    size_t length = 1;
    while (length < rest.len && rest.at[length] != rest.at[0])
        length++;
    if (length == rest.len)
        fault(reading->query->source, reading->at, "this quote is never closed");
    both(reading, str_first(rest, length + 1));
    reading->at += length + 1;
}

static void skip_block_comment(struct reading *reading, struct str rest)
{
    size_t length = str_find(rest, STR("*/"));
    if (length == rest.len)
        fault(reading->query->source, reading->at, "this comment is never closed");
    reading->at += length + 2;
}

static void take_mark(struct reading *reading, char mark)
{
    if (mark == '(')
        reading->depth++;
    if (mark == ')' && reading->depth-- == reading->order_depth)
        reading->order_depth = -1;
    if (reading->depth < 0) {
        mistake(reading->query->source, reading->at, "this ')' closes nothing");
        reading->depth = 0;
    }
    if (mark == ';')
        reading->semicolon = reading->at;
    else
        both(reading, (struct str){ &mark, 1 });
    reading->at++;
}

static void take_one(struct reading *reading)
{
    struct str text = reading->query->source->text;
    struct str rest = str_first(str_from(text, reading->at), reading->end - reading->at);
    struct str word = name_at_start(rest);
    if (str_starts(rest, STR("--"))) {
        reading->at += str_find(rest, STR("\n"));
        return;
    }
    if (str_starts(rest, STR("/*"))) {
        skip_block_comment(reading, rest);
        return;
    }
    if (reading->semicolon && !is_white(rest.at[0])) {
        fault(reading->query->source, reading->semicolon, "one statement a query");
    }
    if (word.len) {
        take_word(reading, word);
    } else if (rest.at[0] == '\'' || rest.at[0] == '"') {
        take_quoted(reading, rest);
    } else if (str_starts(rest, STR("::"))) {
        both(reading, STR("::"));
        reading->at += 2;
    } else if (rest.at[0] == ':' && name_at_start(str_from(rest, 1)).len) {
        take_parameter(reading, name_at_start(str_from(rest, 1)));
    } else if (is_digit(rest.at[0])) {
        size_t length = 1;
        while (length < rest.len && (is_digit(rest.at[length]) || is_letter(rest.at[length])))
            length++;
        both(reading, str_first(rest, length));
        reading->at += length;
    } else {
        take_mark(reading, rest.at[0]);
    }
}

/* Lines without white space at their ends, and no empty lines. */
static struct str tidy_lines(struct str text)
{
    struct out out;
    struct str line;
    out_open(&out, 1024 * 1024);
    while (str_split(&text, '\n', &line)) {
        struct str trimmed = str_trim(line);
        if (trimmed.len)
            out_print(&out, "%s%.*s", out.len ? "\n" : "", STR_FMT(trimmed));
    }
    struct str kept = str_keep(memory, out_str(&out));
    out_close(&out);
    return kept;
}

static void check_promises(const struct reading *reading)
{
    const struct query *query = reading->query;
    if (!reading->first_seen)
        mistake(query->source, query->where, "'%.*s' has no statement", STR_FMT(query->name));
    if (reading->depth > 0)
        mistake(query->source, query->where, "a '(' is never closed");
    if (query->kind == KIND_MANY && !reading->limit)
        mistake(query->source, query->where,
                "'%.*s' is a 'many' without a limit: every list has an end", STR_FMT(query->name));
    for (size_t i = 0; i < query->in.count; i++)
        if (!query->in.at[i].used)
            mistake(query->source, query->in.at[i].where, "'%.*s' is never used",
                    STR_FMT(query->in.at[i].name));
}

void statement_read(struct query *query, size_t start, size_t end)
{
    struct reading reading = { .query = query, .at = start, .end = end, .order_depth = -1 };
    out_open(&reading.sqlite, 1024 * 1024);
    out_open(&reading.postgres, 1024 * 1024);
    while (reading.at < end)
        take_one(&reading);
    check_promises(&reading);
    query->sqlite = tidy_lines(out_str(&reading.sqlite));
    query->postgres = tidy_lines(out_str(&reading.postgres));
    query->writes = query->kind == KIND_DO || reading.changes;
    out_close(&reading.sqlite);
    out_close(&reading.postgres);
}
