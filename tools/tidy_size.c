/* tidy_size.c - names of files, their length, and the first line of a header. */
#include "tools/tidy.h"

enum { FILE_MOST = 450, FILE_WARN = 300, FUNCTION_MOST = 80, FUNCTION_WARN = 60 };

void check_name(const struct file *file)
{
    static const char *const vague[] = { "util", "utils",  "helper",  "helpers",
                                         "misc", "common", "manager", "managers" };
    struct str stem = str_first(file->name, str_find(file->name, STR("."))), rest = stem, part;
    for (size_t i = 0; i < stem.len; i++) {
        char c = stem.at[i];
        if (!(c >= 'a' && c <= 'z') && !is_digit(c) && c != '_') {
            found(file, 0, "a file's name holds lower-case letters, digits and _");
            break;
        }
    }
    while (str_split(&rest, '_', &part))
        for (size_t i = 0; i < sizeof vague / sizeof vague[0]; i++)
            if (str_is(part, str_of(vague[i])))
                found(file, 0, "'%s' says nothing: name a file after what it does", vague[i]);
}

/* A function's body stands between '{' and '}' that are alone at the start of a line. */
static bool check_functions(const struct file *file)
{
    struct str rest = file->masked, line;
    size_t number = 0, begin = 0;
    const char *start = NULL;
    bool any = false;
    while (str_split(&rest, '\n', &line)) {
        number++;
        if (str_is(line, STR("{"))) {
            begin = number;
            start = line.at;
            any = true;
        } else if (str_is(line, STR("}")) && start) {
            size_t lines = number - begin - 1, offset = (size_t)(start - file->masked.at);
            if (lines > FUNCTION_MOST)
                found(file, offset, "a function of %zu lines; %d is the most", lines,
                      FUNCTION_MOST);
            else if (lines > FUNCTION_WARN)
                warn(file, offset, "a function of %zu lines; near 40 reads well", lines);
            start = NULL;
        }
    }
    return any;
}

void check_size(const struct file *file)
{
    if (!file_is(file, ".c"))
        return;
    bool functions = check_functions(file); /* a file of tables may be as long as its table */
    size_t lines = source_place(&file->source, file->source.text.len).line - 1;
    if (functions && lines > FILE_MOST)
        found(file, 0, "%zu lines; %d is the most", lines, FILE_MOST);
    else if (functions && lines > FILE_WARN)
        warn(file, 0, "%zu lines; near %d reads well", lines, FILE_WARN);
}

void check_header(const struct file *file)
{
    if (!file_is(file, ".h"))
        return;
    struct str text = file->source.text;
    struct str short_form = str_print(memory, "/* %.*s - ", STR_FMT(file->name));
    struct str long_form =
        str_print(memory, "/* %.*s/%.*s - ", STR_FMT(file->folder), STR_FMT(file->name));
    if (!str_starts(text, short_form) && !str_starts(text, long_form))
        found(file, 0, "a header begins with '%.*s' and what it is for", STR_FMT(short_form));
}
