/* tidy - the house rules, checked.
 *
 *     tidy [ROOT]
 *
 * Prints FILE:LINE: what, and answers 1 when there was something. What a rule is for stands in
 * CONTRIBUTING.md; where it is decided, in the table at the top of each tools/tidy_*.c. */
#include "tools/tidy.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static size_t findings;

static void print_place(const struct file *file, size_t offset)
{
    printf("%s:%zu: ", file->source.path.at, source_place(&file->source, offset).line);
}

void found(const struct file *file, size_t offset, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    print_place(file, offset);
    vprintf(format, args);
    putchar('\n');
    va_end(args);
    findings++;
}

void warn(const struct file *file, size_t offset, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    print_place(file, offset);
    printf("warning: ");
    vprintf(format, args);
    putchar('\n');
    va_end(args);
}

bool file_is(const struct file *file, const char *ending)
{
    return str_ends(file->name, str_of(ending));
}

bool in_domain(const struct file *file)
{
    return file->in_src && file->rank >= RANK_PLACES && file->rank <= RANK_DOMAIN;
}

/* Blanks from `at` up to what ends there; returns where to go on. */
static size_t blank_quoted(char *text, size_t length, size_t at)
{
    char quote = text[at++];
    while (at < length && text[at] != quote && text[at] != '\n') {
        if (text[at] == '\\' && at + 1 < length)
            text[at++] = ' ';
        text[at++] = ' ';
    }
    return at + 1;
}

static size_t blank_until(char *text, size_t length, size_t at, struct str end)
{
    size_t stop_at = at + str_find((struct str){ text + at, length - at }, end);
    size_t last = stop_at < length && end.len == 2 ? stop_at + 2 : stop_at;
    for (; at < last; at++)
        if (text[at] != '\n')
            text[at] = ' ';
    return last;
}

struct str mask_c(struct str text)
{
    char *copy = str_zero(memory, text);
    for (size_t i = 0; i < text.len;) {
        struct str rest = { copy + i, text.len - i };
        if (str_starts(rest, STR("//")))
            i = blank_until(copy, text.len, i, STR("\n"));
        else if (str_starts(rest, STR("/*")))
            i = blank_until(copy, text.len, i, STR("*/"));
        else if (rest.at[0] == '"' || rest.at[0] == '\'')
            i = blank_quoted(copy, text.len, i);
        else
            i++;
    }
    return (struct str){ copy, text.len };
}

bool next_name(struct str masked, size_t *at, struct str *name)
{
    while (*at < masked.len && !is_letter(masked.at[*at])) {
        bool number = is_digit(masked.at[*at]);
        (*at)++;
        while (number && *at < masked.len &&
               (is_letter(masked.at[*at]) || is_digit(masked.at[*at])))
            (*at)++;
    }
    *name = name_at_start(str_from(masked, *at));
    return name->len > 0;
}

static void add_file(struct files *files, const char *path)
{
    struct file file = { .source = source_read(path) };
    struct str rest = file.source.path, part;
    while (str_split(&rest, '/', &part))
        file.name = part;
    file.in_src = str_starts(file.source.path, STR("src/"));
    if (file.in_src) {
        struct str below = str_from(file.source.path, 4);
        size_t slash = str_find(below, STR("/"));
        file.folder = slash < below.len ? str_first(below, slash) : STR("");
    }
    file.rank = rank_of(file.folder);
    if (file_is(&file, ".c") || file_is(&file, ".h"))
        file.masked = mask_c(file.source.text);
    *ONE_MORE(files) = file;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return str_compare(str_of((*a)->d_name), str_of((*b)->d_name));
}

static void walk(struct files *files, const char *folder)
{
    static const char *const kinds[] = { ".c", ".h", ".sql", ".html", ".po" };
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, by_name);
    for (int i = 0; i < count; i++) {
        struct str name = str_of(entries[i]->d_name);
        char *path = str_zero(memory, str_print(memory, "%s/%s", folder, entries[i]->d_name));
        struct stat about;
        bool known = stat(path, &about) == 0 && name.at[0] != '.';
        if (known && S_ISDIR(about.st_mode))
            walk(files, path);
        for (size_t k = 0; known && S_ISREG(about.st_mode) && k < sizeof kinds / sizeof kinds[0];
             k++)
            if (str_ends(name, str_of(kinds[k])))
                add_file(files, path);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

int main(int argc, char **argv)
{
    tool_start("tidy");
    if (argc > 2 || (argc == 2 && chdir(argv[1]) != 0))
        stop("use: tidy [ROOT]");
    struct files files = { 0 };
    walk(&files, "src");
    walk(&files, "tools");
    walk(&files, "locale");
    for (size_t i = 0; i < files.count; i++) {
        check_name(&files.at[i]);
        check_size(&files.at[i]);
        check_header(&files.at[i]);
        check_bans(&files.at[i]);
        check_literals(&files.at[i]);
    }
    check_layers(&files);
    check_uses(&files);
    tool_end();
    return findings ? 1 : 0;
}
