/* tidy_uses.c - every query, page and message is used somewhere. */
#include "tools/tidy.h"

#include <stdlib.h>

/* All names that stand in C and HTML, and all keys after `t:`, sorted once and looked up often. */
struct used {
    struct names names, keys;
};

static int in_order(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static bool has(const struct names *names, struct str name)
{
    return names->count &&
           bsearch(&name, names->at, names->count, sizeof names->at[0], in_order) != NULL;
}

static void gather_keys(struct str text, struct names *keys)
{
    for (size_t i = str_find(text, STR("t:")); i < text.len; i = str_find(text, STR("t:"))) {
        text = str_from(text, i + 2);
        size_t length = 0;
        while (length < text.len && (is_letter(text.at[length]) || is_digit(text.at[length]) ||
                                     text.at[length] == '.' || text.at[length] == '-'))
            length++;
        names_add(keys, str_first(text, length));
    }
}

/* In a page, its own first line names it; that is no use of it. */
static struct str without_page_line(struct str html)
{
    size_t begin = str_find(html, STR("{% page ")), end = str_find(html, STR("%}"));
    return begin < html.len && begin < end ? str_from(html, end) : html;
}

static void gather(const struct files *files, struct used *used)
{
    for (size_t i = 0; i < files->count; i++) {
        const struct file *file = &files->at[i];
        bool html = file_is(file, ".html");
        struct str text = html ? without_page_line(file->source.text) : file->masked, name;
        if (!file->in_src || !text.at)
            continue;
        for (size_t at = 0; next_name(text, &at, &name); at += name.len)
            names_add(&used->names, name);
        if (html)
            gather_keys(text, &used->keys);
    }
    if (used->names.count)
        qsort(used->names.at, used->names.count, sizeof(struct str), in_order);
    if (used->keys.count)
        qsort(used->keys.at, used->keys.count, sizeof(struct str), in_order);
}

static void check_queries(const struct file *file, const struct used *used)
{
    struct str rest = file->source.text, line;
    while (str_split(&rest, '\n', &line)) {
        struct str name = name_at_start(str_from(line, 3));
        struct str after = str_from(line, 3 + name.len);
        if (!str_starts(line, STR("-- ")) || name.len == 0 || !str_starts(after, STR(":")))
            continue;
        struct str kind = name_at_start(str_trim(str_from(after, 1)));
        bool query =
            str_is(kind, STR("one")) || str_is(kind, STR("many")) || str_is(kind, STR("do"));
        if (query && !has(&used->names, name))
            found(file, (size_t)(line.at - file->source.text.at), "the query '%.*s' is never used",
                  STR_FMT(name));
    }
}

static void check_page(const struct file *file, const struct used *used)
{
    struct str mark = STR("{% page ");
    size_t begin = str_find(file->source.text, mark);
    struct str name = name_at_start(str_trim(str_from(file->source.text, begin + mark.len)));
    struct str top = str_print(memory, "%.*s_top", STR_FMT(name));
    if (name.len && !has(&used->names, name) && !has(&used->names, top))
        found(file, begin, "the page '%.*s' is never used", STR_FMT(name));
}

/* `month.1` stands for the whole row month.1 month.2 …, which code counts through. */
static struct str first_of_row(struct str key)
{
    size_t length = key.len;
    while (length > 0 && is_digit(key.at[length - 1]))
        length--;
    bool row = length < key.len && length > 0 && key.at[length - 1] == '.';
    return row ? str_print(memory, "%.*s1", (int)length, key.at) : key;
}

static bool key_used(const struct used *used, struct str key)
{
    struct str id = str_print(memory, "MESSAGE_%.*s", STR_FMT(key));
    char *letters = str_zero(memory, id);
    for (size_t i = 0; i < id.len; i++)
        if (letters[i] == '.' || letters[i] == '-')
            letters[i] = '_';
    return has(&used->keys, key) || has(&used->names, (struct str){ letters, id.len });
}

static void check_messages(const struct file *file, const struct used *used)
{
    struct str rest = file->source.text, line, mark = STR("msgid \"");
    while (str_split(&rest, '\n', &line)) {
        struct str key = str_from(line, mark.len);
        key = str_first(key, str_find(key, STR("\"")));
        if (str_starts(line, mark) && key.len && !key_used(used, key) &&
            !key_used(used, first_of_row(key)))
            found(file, (size_t)(line.at - file->source.text.at),
                  "the message '%.*s' is never used", STR_FMT(key));
    }
}

void check_uses(const struct files *files)
{
    struct used used = { 0 };
    gather(files, &used);
    for (size_t i = 0; i < files->count; i++) {
        const struct file *file = &files->at[i];
        if (file->in_src && file_is(file, ".sql"))
            check_queries(file, &used);
        if (file->in_src && file_is(file, ".html"))
            check_page(file, &used);
        if (str_is(file->source.path, STR("locale/nl.po"))) /* the others have the same keys */
            check_messages(file, &used);
    }
}
