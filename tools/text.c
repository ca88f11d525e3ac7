#include "tools/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena *memory;
size_t mistakes;
static const char *tool_name;

enum { FILE_LIMIT = 4 * 1024 * 1024 };

void tool_start(const char *name)
{
    tool_name = name;
    memory = arena_new((size_t)1024 * 1024 * 1024);
}

int tool_end(void)
{
    if (mistakes > MISTAKES_SHOWN)
        fprintf(stderr, "%s: and %zu more\n", tool_name, mistakes - MISTAKES_SHOWN);
    arena_free(memory);
    return mistakes ? 1 : 0;
}

void stop(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "%s: ", tool_name);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

static bool read_all(FILE *file, struct out *out)
{
    char piece[8192];
    size_t got;
    while ((got = fread(piece, 1, sizeof piece, file)) > 0)
        out_raw(out, (struct str){ piece, got });
    return !ferror(file) && !out->overflow;
}

struct source source_read(const char *path)
{
    FILE *file = fopen(path, "rb");
    struct out out;
    out_open(&out, FILE_LIMIT);
    if (!file || !read_all(file, &out))
        stop("%s: cannot be read", path);
    fclose(file);
    struct source source = { .path = str_keep(memory, str_of(path)),
                             .text = str_keep(memory, out_str(&out)) };
    out_close(&out);
    size_t where;
    if (!str_utf8(source.text, &where))
        fault(&source, where, "this is not UTF-8");
    return source;
}

struct place source_place(const struct source *source, size_t offset)
{
    struct place place = { 1, 1 };
    for (size_t i = 0; i < offset && i < source->text.len; i++) {
        bool new_line = source->text.at[i] == '\n';
        place.line += new_line;
        place.column = new_line ? 1 : place.column + 1;
    }
    return place;
}

__attribute__((format(printf, 3, 0))) static void
show_mistake(const struct source *source, size_t offset, const char *format, va_list args)
{
    struct place place = source_place(source, offset);
    if (++mistakes > MISTAKES_SHOWN)
        return;
    fprintf(stderr, "%s:%zu:%zu: ", source->path.at, place.line, place.column);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
}

void mistake(const struct source *source, size_t offset, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    show_mistake(source, offset, format, args);
    va_end(args);
}

void fault(const struct source *source, size_t offset, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    show_mistake(source, offset, format, args);
    va_end(args);
    exit(1);
}

static bool same_as_file(const char *path, struct str text)
{
    struct out old;
    out_open(&old, (size_t)64 * 1024 * 1024);
    FILE *file = fopen(path, "rb");
    bool same = file && read_all(file, &old) && str_is(out_str(&old), text);
    if (file)
        fclose(file);
    out_close(&old);
    return same;
}

void write_changed(const char *path, const struct out *out)
{
    if (out->overflow)
        stop("%s: too large", path);
    if (same_as_file(path, out_str(out)))
        return;
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(out->at, 1, out->len, file) != out->len || fclose(file) != 0)
        stop("%s: cannot be written", path);
}

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

struct str name_at_start(struct str text)
{
    size_t length = 0;
    while (length < text.len &&
           (is_letter(text.at[length]) || (length > 0 && is_digit(text.at[length]))))
        length++;
    return str_first(text, length);
}

bool is_c_name(struct str text)
{
    static const char *const words[] = {
        "auto",     "bool",   "break",  "case",     "char",   "const",    "continue", "default",
        "do",       "double", "else",   "enum",     "extern", "false",    "float",    "for",
        "goto",     "if",     "inline", "int",      "long",   "register", "restrict", "return",
        "short",    "signed", "sizeof", "static",   "struct", "switch",   "true",     "typedef",
        "unsigned", "union",  "void",   "volatile", "while",  "asm",      "typeof",   "NULL",
    };
    if (text.len == 0 || text.len > NAME_LIMIT || name_at_start(text).len != text.len)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_is(text, str_of(words[i])))
            return false;
    return true;
}

void out_c_string(struct out *out, struct str text)
{
    out_byte(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '\n')
            out_raw(out, i + 1 < text.len ? STR("\\n\"\n    \"") : STR("\\n"));
        else if (c == '"' || c == '\\')
            out_print(out, "\\%c", c);
        else if (c == '?' && i > 0 && text.at[i - 1] == '?')
            out_raw(out, STR("\\?")); /* or it could be read as a trigraph */
        else if (c < ' ' || c == 0x7f)
            out_print(out, "\\%03o", c);
        else
            out_byte(out, (char)c);
    }
    out_byte(out, '"');
}

void out_comment(struct out *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        out_byte(out, text.at[i]);
        bool ends = text.at[i] == '*' && i + 1 < text.len && text.at[i + 1] == '/';
        bool begins = text.at[i] == '/' && i + 1 < text.len && text.at[i + 1] == '*';
        if (ends || begins)
            out_byte(out, ' ');
    }
}

void out_line_from(struct out *out, const struct source *source, size_t offset)
{
    out_print(out, "#line %zu ", source_place(source, offset).line);
    out_c_string(out, source->path);
    out_byte(out, '\n');
}

void out_line_own(struct out *out, const char *path)
{
    size_t line = 1;
    for (size_t i = 0; i < out->len; i++)
        line += out->at[i] == '\n';
    out_print(out, "#line %zu ", line + 1);
    out_c_string(out, str_of(path));
    out_byte(out, '\n');
}

size_t names_find(const struct names *names, struct str name)
{
    size_t i = 0;
    while (i < names->count && !str_is(names->at[i], name))
        i++;
    return i;
}

void names_add(struct names *names, struct str name)
{
    *ONE_MORE(names) = name;
}

struct request_line request_line(int argc, char **argv)
{
    struct request_line line = { 0 };
    if (argc < 5 || strcmp(argv[1], "-h") != 0 || strcmp(argv[3], "-c") != 0)
        stop("use: %s -h OUT.h -c OUT.c FILE...", tool_name);
    line.header = argv[2];
    line.code = argv[4];
    line.files = argv + 5;
    line.count = argc - 5;
    return line;
}

void *one_more(void *array_at, size_t *count, size_t *room, size_t size)
{
    char *old;
    memcpy(&old, array_at, sizeof old);
    if (*count == *room) {
        size_t larger = *room ? *room * 2 : 16;
        char *fresh = arena_take_many(memory, larger, size);
        if (old)
            memcpy(fresh, old, *count * size);
        memcpy(array_at, &fresh, sizeof fresh);
        *room = larger;
        old = fresh;
    }
    return old + (*count)++ * size;
}
