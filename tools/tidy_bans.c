/* tidy_bans.c - functions that are not called here, and text that is not written in code. */
#include "tools/tidy.h"

struct ban {
    const char *name; /* ending in '*': all that begin so */
    const char
        *where; /* the folders that may, separated by spaces; "src" = the files of src itself */
    const char *instead;
};

static const struct ban bans[] = {
    { "malloc", "base", "base/memory.h or an arena" },
    { "calloc", "base", "base/memory.h or an arena" },
    { "realloc", "base", "base/memory.h or an arena" },
    { "free", "base", "base/memory.h or an arena" },
    { "alloca", "", "an arena" },
    { "strdup", "", "str_keep" },
    { "strcpy", "", "struct str" },
    { "strcat", "", "struct out" },
    { "sprintf", "", "out_print or str_print" },
    { "vsprintf", "", "out_print or str_print" },
    { "gets", "", "struct str" },
    { "strtok", "", "str_split" },
    { "atoi", "", "str_number" },
    { "atol", "", "str_number" },
    { "system", "", "nothing: we start no programs" },
    { "popen", "", "nothing: we start no programs" },
    { "execl", "", "nothing: we start no programs" },
    { "execle", "", "nothing: we start no programs" },
    { "execlp", "", "nothing: we start no programs" },
    { "execv", "", "nothing: we start no programs" },
    { "execve", "", "nothing: we start no programs" },
    { "execvp", "", "nothing: we start no programs" },
    { "execvpe", "", "nothing: we start no programs" },
    { "fexecve", "", "nothing: we start no programs" },
    { "rand", "", "id_new, base/secret.h or maths/random.h" },
    { "srand", "", "maths/random.h" },
    { "random", "", "id_new, base/secret.h or maths/random.h" },
    { "time", "base", "ctx->now, or clock_now at the edge" },
    { "gettimeofday", "base", "ctx->now, or clock_now at the edge" },
    { "localtime", "base", "moment_face" },
    { "gmtime", "base", "moment_utc" },
    { "setjmp", "", "an outcome" },
    { "longjmp", "", "an outcome" },
    { "printf", "commands src", "say, or out_print" },
    { "puts", "commands src", "say, or out_raw" },
    { "putchar", "commands src", "say, or out_byte" },
    { "sqlite3_*", "db", "a query in a .sql file" },
    { "crypto_*", "crypto looklog", "the functions of src/crypto" },
    { "sodium_*", "crypto looklog", "the functions of src/crypto" },
    { "getrandom", "base", "base/secret.h" },
};

static bool named(struct str name, const char *pattern)
{
    struct str wanted = str_of(pattern);
    if (!str_ends(wanted, STR("*")))
        return str_is(name, wanted);
    return str_starts(name, str_first(wanted, wanted.len - 1));
}

static bool allowed(const struct file *file, const char *where)
{
    struct str rest = str_of(where), part, folder = file->folder.len ? file->folder : STR("src");
    while (str_split(&rest, ' ', &part))
        if (str_is(part, folder))
            return true;
    return false;
}

static void check_call(const struct file *file, size_t at, struct str name)
{
    char before = at > 0 ? file->masked.at[at - 1] : ' ';
    if (before == '.' || (before == '>' && at > 1 && file->masked.at[at - 2] == '-'))
        return; /* a member of something */
    for (size_t i = 0; i < sizeof bans / sizeof bans[0]; i++)
        if (named(name, bans[i].name) && !allowed(file, bans[i].where))
            found(file, at, "%.*s is not called here; there is: %s", STR_FMT(name),
                  bans[i].instead);
}

void check_bans(const struct file *file)
{
    struct str name;
    if (!file->in_src || !file->masked.at)
        return;
    for (size_t at = 0; next_name(file->masked, &at, &name); at += name.len) {
        struct str after = str_trim(str_first(str_from(file->masked, at + name.len), 8));
        if (str_starts(after, STR("(")))
            check_call(file, at, name);
        if (str_is(name, STR("stdout")) && !allowed(file, "commands src"))
            found(file, at, "nothing writes to stdout but commands");
        if (str_is(name, STR("goto")) && in_domain(file))
            found(file, at, "no goto in a subject's folder");
    }
}

/* A space and a letter, not counting printf's conversions: somebody might read it. */
static bool reads_as_text(struct str literal)
{
    bool space = false, letter = false;
    for (size_t i = 0; i < literal.len; i++) {
        char c = literal.at[i];
        if (c == '%') {
            while (i + 1 < literal.len && !is_letter(literal.at[i + 1]) && literal.at[i + 1] != ' ')
                i++;
            while (i + 1 < literal.len && (literal.at[i + 1] == 'z' || literal.at[i + 1] == 'l'))
                i++;
            i++;
        } else if (c == '\\') {
            i++;
        } else {
            space = space || c == ' ';
            letter = letter || is_letter(c);
        }
    }
    return space && letter;
}

static bool for_the_keeper(const struct file *file, size_t at)
{
    static const char *const fine[] = { "say", "say_broken", "assert", "_Static_assert" };
    struct str masked = file->masked, name;
    size_t start = at;
    while (start > 0 && masked.at[start - 1] != ';' && masked.at[start - 1] != '}')
        start--;
    for (size_t i = start; next_name(str_first(masked, at), &i, &name); i += name.len)
        for (size_t k = 0; k < sizeof fine / sizeof fine[0]; k++)
            if (str_is(name, str_of(fine[k])))
                return true;
    struct str line = str_from(file->source.text, at);
    line = str_first(line, str_find(line, STR("\n")));
    return str_find(line, STR("/* not shown */")) < line.len;
}

static bool on_include_line(const struct file *file, size_t at)
{
    while (at > 0 && file->source.text.at[at - 1] != '\n')
        at--;
    return file->source.text.at[at] == '#';
}

void check_literals(const struct file *file)
{
    if (!in_domain(file) || !file->masked.at)
        return;
    for (size_t at = 0; at < file->masked.len; at++) {
        if (file->masked.at[at] != '"')
            continue;
        struct str rest = str_from(file->masked, at + 1);
        size_t length = str_find(rest, STR("\""));
        struct str literal = str_first(str_from(file->source.text, at + 1), length);
        if (reads_as_text(literal) && !on_include_line(file, at) && !for_the_keeper(file, at))
            found(file, at, "text in code: a person reads messages; or say /* not shown */");
        at += length + 1;
    }
}
