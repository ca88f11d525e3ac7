/* mksql_read.c - the lines above a statement: its name, its kind, what goes in and comes out. */
#include <string.h>

#include "tools/mksql.h"

/* One line of the file, without its end. */
struct line {
    size_t start;
    struct str text;
};

static bool next_line(const struct source *source, size_t *at, struct line *line)
{
    if (*at >= source->text.len)
        return false;
    struct str rest = str_from(source->text, *at);
    size_t length = str_find(rest, STR("\n"));
    *line = (struct line){ *at, str_first(rest, length) };
    *at += length + 1;
    return true;
}

/* `-- NAME: ` with a plain name begins a query; any other comment does not. */
static bool begins_query(struct str line, struct str *name)
{
    if (!str_starts(line, STR("-- ")))
        return false;
    *name = name_at_start(str_from(line, 3));
    size_t after = 3 + name->len;
    if (name->len == 0 || after >= line.len || line.at[after] != ':')
        return false;
    struct str kind = name_at_start(str_trim(str_from(line, after + 1)));
    return str_is(kind, STR("one")) || str_is(kind, STR("many")) || str_is(kind, STR("do"));
}

static size_t offset_in(const struct source *source, struct str part)
{
    return (size_t)(part.at - source->text.at);
}

static void read_kind(struct query *query, struct str text)
{
    struct str words = str_trim(text), kind;
    size_t where = offset_in(query->source, words);
    kind = name_at_start(words);
    struct str rest = str_trim(str_from(words, kind.len));
    query->kind = str_is(kind, STR("one"))    ? KIND_ONE
                  : str_is(kind, STR("many")) ? KIND_MANY
                                              : KIND_DO;
    if (query->kind != KIND_MANY && rest.len)
        mistake(query->source, where, "nothing may follow '%.*s'", STR_FMT(kind));
    if (query->kind == KIND_MANY &&
        (!str_number(rest, &query->most) || query->most < 1 || query->most > 1000000))
        mistake(query->source, where, "'many' needs the largest number of rows, 1 to 1000000");
}

static bool read_type(struct str word, struct column *column)
{
    column->may_be_null = str_ends(word, STR("?"));
    if (column->may_be_null)
        word.len--;
    for (int i = 0; i < TYPE_COUNT; i++)
        if (str_is(word, type_words[i].name)) {
            column->type = (enum type)i;
            return true;
        }
    return false;
}

static void read_column(const struct source *source, struct str text, struct columns *columns)
{
    struct str trimmed = str_trim(text);
    struct column column = { .name = name_at_start(trimmed), .where = offset_in(source, trimmed) };
    struct str type = str_trim(str_from(trimmed, column.name.len));
    if (!is_c_name(column.name)) {
        mistake(source, column.where,
                "'%.*s': 'NAME TYPE' is needed here, and a name that C allows", STR_FMT(trimmed));
        return;
    }
    if (!read_type(type, &column)) {
        mistake(source, column.where,
                "'%.*s' has the type '%.*s'; there are id text blob int bool day moment, with ? "
                "when it may be null",
                STR_FMT(column.name), STR_FMT(type));
        return;
    }
    for (size_t i = 0; i < columns->count; i++)
        if (str_is(columns->at[i].name, column.name))
            mistake(source, column.where, "'%.*s' is there twice", STR_FMT(column.name));
    *ONE_MORE(columns) = column;
}

static void read_columns(const struct source *source, struct line line, size_t skip,
                         struct columns *columns)
{
    struct str rest = str_from(line.text, skip), part;
    if (columns->count == 0)
        columns->where = line.start;
    while (str_split(&rest, ',', &part))
        if (str_trim(part).len || rest.at) /* a comma may end a line that goes on */
            read_column(source, part, columns);
}

/* The comment lines below the name; returns where the statement begins. */
static size_t read_head(struct query *query, size_t at)
{
    struct line line;
    size_t start = at;
    struct out about;
    out_open(&about, 64 * 1024);
    while (next_line(query->source, &at, &line) && str_starts(line.text, STR("--"))) {
        if (str_starts(line.text, STR("-- in ")))
            read_columns(query->source, line, 6, &query->in);
        else if (str_starts(line.text, STR("-- out ")))
            read_columns(query->source, line, 7, &query->out);
        else
            out_print(&about, "%s%.*s", about.len ? "\n" : "",
                      STR_FMT(str_trim(str_from(line.text, 2))));
        start = at;
    }
    query->about = str_keep(memory, out_str(&about));
    out_close(&about);
    return start;
}

/* Where the next query begins, or the file ends. */
static size_t query_end(const struct source *source, size_t at)
{
    struct line line;
    struct str name;
    while (next_line(source, &at, &line))
        if (begins_query(line.text, &name))
            return line.start;
    return source->text.len;
}

static void check_shape(const struct query *query)
{
    if (query->kind == KIND_DO && query->out.count)
        mistake(query->source, query->out.where, "a 'do' has no '-- out' line: it gives no rows");
    if (query->kind != KIND_DO && query->out.count == 0)
        mistake(query->source, query->where, "'%.*s' needs an '-- out' line", STR_FMT(query->name));
}

static void check_name(const struct query *query, const struct queries *queries)
{
    if (!is_c_name(query->name))
        mistake(query->source, query->where + 3, "'%.*s' cannot be the name of a C function",
                STR_FMT(query->name));
    for (size_t i = 0; i < queries->count; i++) {
        const struct query *other = &queries->at[i];
        if (str_is(other->name, query->name))
            mistake(query->source, query->where + 3, "'%.*s' is already the name of %s:%zu",
                    STR_FMT(query->name), other->source->path.at,
                    source_place(other->source, other->where).line);
    }
}

static size_t read_query(const struct source *source, struct line line, struct queries *queries)
{
    struct query query = { .source = source, .where = line.start };
    begins_query(line.text, &query.name);
    check_name(&query, queries);
    read_kind(&query, str_from(line.text, 3 + query.name.len + 1));
    size_t below = line.start + line.text.len + 1;
    size_t end = query_end(source, below);
    size_t start = read_head(&query, below);
    check_shape(&query);
    statement_read(&query, start < end ? start : end, end);
    *ONE_MORE(queries) = query;
    return end;
}

void queries_read(const char *path, struct queries *queries)
{
    struct source *source = ARENA_NEW(memory, struct source);
    *source = source_read(path);
    struct line line;
    size_t at = 0;
    while (next_line(source, &at, &line)) {
        struct str name, trimmed = str_trim(line.text);
        if (begins_query(line.text, &name))
            at = read_query(source, line, queries);
        else if (trimmed.len && !str_starts(trimmed, STR("--")))
            fault(source, offset_in(source, trimmed),
                  "a query begins with a line '-- NAME: one', '-- NAME: many N' or '-- NAME: do'");
    }
}
