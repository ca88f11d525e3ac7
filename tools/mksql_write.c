/* mksql_write.c - the C that calls a statement by its name, with its types. */
#include "tools/mksql.h"

static bool is_null_text(const struct column *column)
{
    return column->type == TYPE_TEXT || column->type == TYPE_BLOB;
}

static void write_struct(struct out *out, const struct query *query, const char *what,
                         const struct columns *columns)
{
    if (columns->count == 0)
        return;
    out_line_from(out, query->source, columns->where);
    out_print(out, "struct %.*s_%s {", STR_FMT(query->name), what);
    for (size_t i = 0; i < columns->count; i++) {
        const struct column *column = &columns->at[i];
        const struct type_words *type = &type_words[column->type];
        if (column->may_be_null && type->null_member)
            out_print(out, " bool has_%.*s;", STR_FMT(column->name));
        out_print(out, " %.*s%.*s;", STR_FMT(type->c), STR_FMT(column->name));
    }
    out_raw(out, STR(" };\n"));
}

static void write_signature(struct out *out, const struct query *query)
{
    struct str n = query->name;
    if (query->kind == KIND_ONE)
        out_print(out, "bool %.*s(struct db *db, struct arena *arena", STR_FMT(n));
    else if (query->kind == KIND_MANY)
        out_print(out, "struct %.*s_rows %.*s(struct db *db, struct arena *arena", STR_FMT(n),
                  STR_FMT(n));
    else
        out_print(out, "int64_t %.*s(struct db *db", STR_FMT(n));
    if (query->in.count)
        out_print(out, ", const struct %.*s_in *in", STR_FMT(n));
    if (query->kind == KIND_ONE)
        out_print(out, ", struct %.*s_row *row", STR_FMT(n));
    out_byte(out, ')');
}

static void write_declaration(struct out *out, const char *path, const struct query *query)
{
    out_print(out, "\n/* %.*s (%s)", STR_FMT(query->name), query->source->path.at);
    if (query->about.len) {
        out_raw(out, STR("\n"));
        out_comment(out, query->about);
    }
    out_raw(out, STR(" */\n"));
    write_struct(out, query, "in", &query->in);
    write_struct(out, query, "row", &query->out);
    out_line_own(out, path);
    if (query->kind == KIND_MANY)
        out_print(out, "struct %.*s_rows { struct %.*s_row *at; size_t count; };\n",
                  STR_FMT(query->name), STR_FMT(query->name));
    write_signature(out, query);
    out_raw(out, STR(";\n"));
}

void queries_header(struct out *out, const char *path, const struct queries *queries)
{
    out_raw(out, STR("/* Made by mksql from the .sql files; a change here is lost. */\n"
                     "#ifndef NABIJ_QUERIES_H\n#define NABIJ_QUERIES_H\n\n"
                     "#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n\n"
                     "#include \"base/day.h\"\n#include \"base/id.h\"\n#include \"base/str.h\"\n\n"
                     "struct arena;\nstruct db;\n"));
    for (size_t i = 0; i < queries->count; i++)
        write_declaration(out, path, &queries->at[i]);
    out_raw(out, STR("\n#endif\n"));
}

static void write_put(struct out *out, const struct column *column, size_t number)
{
    const struct type_words *type = &type_words[column->type];
    struct str name = column->name;
    out_raw(out, STR("    "));
    if (column->may_be_null) {
        if (type->null_member)
            out_print(out, "if (!in->has_%.*s)", STR_FMT(name));
        else if (is_null_text(column))
            out_print(out, "if (!in->%.*s.at)", STR_FMT(name));
        else
            out_print(out, "if (id_is_none(in->%.*s))", STR_FMT(name));
        out_print(out, "\n        db_put_null(db, statement, %zu);\n    else\n        ", number);
    }
    out_print(out, "db_put_%.*s(db, statement, %zu, in->%.*s);\n", STR_FMT(type->name), number,
              STR_FMT(name));
}

static void write_get(struct out *out, const struct column *column, size_t number)
{
    const struct type_words *type = &type_words[column->type];
    struct str name = column->name;
    if (column->may_be_null)
        out_print(out, "    if (!db_get_null(db, statement, %zu))%s\n    ", number,
                  type->null_member ? " {" : "");
    out_print(out, "    row->%.*s = db_get_%.*s(db, %sstatement, %zu);\n", STR_FMT(name),
              STR_FMT(type->name), type->in_arena ? "arena, " : "", number);
    if (column->may_be_null && type->null_member)
        out_print(out, "        row->has_%.*s = true;\n    }\n", STR_FMT(name));
}

static void write_row_reader(struct out *out, const struct query *query)
{
    bool in_arena = false;
    out_print(out,
              "static void read_%.*s(struct db *db, struct arena *arena, struct %.*s_row *row)\n"
              "{\n    enum { statement = STATEMENT_%.*s };\n",
              STR_FMT(query->name), STR_FMT(query->name), STR_FMT(query->name));
    for (size_t i = 0; i < query->out.count; i++)
        in_arena = in_arena || type_words[query->out.at[i].type].in_arena;
    if (!in_arena)
        out_raw(out, STR("    (void)arena;\n"));
    for (size_t i = 0; i < query->out.count; i++)
        write_get(out, &query->out.at[i], i);
    out_raw(out, STR("}\n\n"));
}

static void write_steps(struct out *out, const struct query *query)
{
    struct str n = query->name;
    if (query->kind == KIND_ONE)
        out_print(out,
                  "    *row = (struct %.*s_row){ 0 };\n"
                  "    bool found = db_step(db, statement);\n"
                  "    if (found)\n        read_%.*s(db, arena, row);\n"
                  "    db_end(db, statement);\n    return found;\n",
                  STR_FMT(n), STR_FMT(n));
    else if (query->kind == KIND_MANY)
        out_print(out,
                  "    struct %.*s_rows rows = { 0 };\n    size_t room = 0;\n"
                  "    while (rows.count < %lld && db_step(db, statement)) {\n"
                  "        if (rows.count == room)\n"
                  "            rows.at = more_room(arena, rows.at, &room, sizeof *rows.at, %lld);\n"
                  "        read_%.*s(db, arena, &rows.at[rows.count++]);\n    }\n"
                  "    db_end(db, statement);\n    return rows;\n",
                  STR_FMT(n), (long long)query->most, (long long)query->most, STR_FMT(n));
    else
        out_raw(out, STR("    db_step(db, statement);\n    return db_end(db, statement);\n"));
}

static void write_function(struct out *out, const struct query *query)
{
    if (query->out.count)
        write_row_reader(out, query);
    write_signature(out, query);
    out_print(out, "\n{\n    enum { statement = STATEMENT_%.*s };\n    db_start(db, statement);\n",
              STR_FMT(query->name));
    for (size_t i = 0; i < query->in.count; i++)
        write_put(out, &query->in.at[i], i + 1);
    write_steps(out, query);
    out_raw(out, STR("}\n\n"));
}

static void write_table(struct out *out, const struct queries *queries)
{
    out_raw(out, STR("const struct statement db_statements[] = {\n"));
    for (size_t i = 0; i < queries->count; i++) {
        const struct query *query = &queries->at[i];
        out_print(out, "    {\n    \"%.*s\",\n    ", STR_FMT(query->name));
        out_c_string(out, query->sqlite);
        out_raw(out, STR(",\n    "));
        out_c_string(out, query->postgres);
        out_print(out, ",\n    %zu, %zu, %s },\n", query->in.count, query->out.count,
                  query->writes ? "true" : "false");
    }
    if (queries->count == 0)
        out_raw(out, STR("    { 0 },\n"));
    out_print(out, "};\nconst size_t db_statement_count = %zu;\n\n", queries->count);
}

/* Doubling, and never beyond what the query promised. */
static const char more_room[] =
    "static void *more_room(struct arena *arena, const void *old, size_t *room, size_t size,\n"
    "                       size_t most)\n"
    "{\n"
    "    size_t larger = *room ? *room * 2 : 8;\n"
    "    if (larger > most)\n"
    "        larger = most;\n"
    "    void *fresh = arena_take_many(arena, larger, size);\n"
    "    if (old)\n"
    "        memcpy(fresh, old, *room * size);\n"
    "    *room = larger;\n"
    "    return fresh;\n"
    "}\n\n";

void queries_code(struct out *out, const struct queries *queries)
{
    bool lists = false;
    out_raw(out, STR("/* Made by mksql from the .sql files; a change here is lost. */\n"
                     "#include \"queries.h\"\n\n#include <string.h>\n\n"
                     "#include \"base/arena.h\"\n#include \"db/db.h\"\n\n"
                     "enum {\n"));
    for (size_t i = 0; i < queries->count; i++) {
        out_print(out, "    STATEMENT_%.*s,\n", STR_FMT(queries->at[i].name));
        lists = lists || queries->at[i].kind == KIND_MANY;
    }
    out_raw(out, STR("    STATEMENT_COUNT\n};\n\n"));
    write_table(out, queries);
    if (lists)
        out_raw(out, str_of(more_room));
    for (size_t i = 0; i < queries->count; i++)
        write_function(out, &queries->at[i]);
}
