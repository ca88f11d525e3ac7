/* mkpage_expression.c - C expressions, read only as far as brackets, quotes and arguments. */
#include "tools/mkpage.h"

struct walk {
    struct str text;
    size_t at;
    int depth;
    char quote; /* inside "…" or '…' */
    bool unbalanced;
};

static void step(struct walk *walk)
{
    char c = walk->text.at[walk->at];
    if (walk->quote) {
        if (c == '\\')
            walk->at++;
        else if (c == walk->quote)
            walk->quote = 0;
    } else if (c == '"' || c == '\'') {
        walk->quote = c;
    } else if (c == '(' || c == '[' || c == '{') {
        walk->depth++;
    } else if (c == ')' || c == ']' || c == '}') {
        if (--walk->depth < 0)
            walk->unbalanced = true;
    }
    walk->at++;
}

bool expression_check(const struct page *page, struct str expression)
{
    struct walk walk = { .text = expression };
    size_t where = offset_of(page, expression);
    if (str_trim(expression).len == 0) {
        mistake(page->source, where, "an expression is needed here");
        return false;
    }
    while (walk.at < expression.len && !walk.unbalanced)
        step(&walk);
    if (walk.unbalanced || walk.depth || walk.quote) {
        mistake(page->source, where, "'%.*s': a bracket or quote does not match",
                STR_FMT(expression));
        return false;
    }
    size_t semicolon = expression_find(expression, ';', false);
    if (semicolon < expression.len || str_find(expression, STR("//")) < expression.len ||
        str_find(expression, STR("/*")) < expression.len) {
        mistake(page->source, where, "one expression, without ';' or comment");
        return false;
    }
    return true;
}

size_t expression_find(struct str text, char mark, bool last)
{
    struct walk walk = { .text = text };
    size_t found = text.len;
    while (walk.at < text.len) {
        if (walk.depth == 0 && !walk.quote && text.at[walk.at] == mark) {
            found = walk.at;
            if (!last)
                break;
        }
        step(&walk);
    }
    return found;
}

/* Where the next ` name=` begins (not `==`), outside brackets and quotes; text.len at the end. */
static size_t next_argument(struct str text)
{
    struct walk walk = { .text = text };
    while (walk.at < text.len) {
        bool gap = walk.depth == 0 && !walk.quote && is_white(text.at[walk.at]);
        struct str rest = str_trim(str_from(text, walk.at));
        struct str name = gap ? name_at_start(rest) : (struct str){ 0 };
        bool equals = name.len && name.len < rest.len && rest.at[name.len] == '=';
        if (equals && !(name.len + 1 < rest.len && rest.at[name.len + 1] == '='))
            return walk.at;
        step(&walk);
    }
    return text.len;
}

struct arguments arguments_read(const struct page *page, struct str text)
{
    struct arguments arguments = { 0 };
    struct str rest = str_trim(text);
    while (rest.len) {
        struct argument argument = { .name = name_at_start(rest) };
        if (argument.name.len == 0 || argument.name.len >= rest.len ||
            rest.at[argument.name.len] != '=') {
            mistake(page->source, offset_of(page, rest), "'NAME=EXPRESSION' is needed here");
            break;
        }
        rest = str_from(rest, argument.name.len + 1);
        size_t length = next_argument(rest);
        argument.value = str_trim(str_first(rest, length));
        if (!is_message(argument.value) && !expression_check(page, argument.value))
            break;
        *ONE_MORE(&arguments) = argument;
        rest = str_trim(str_from(rest, length));
    }
    return arguments;
}

bool is_message(struct str text)
{
    return str_starts(text, STR("t:"));
}

struct str message_read(const struct page *page, struct str text)
{
    struct str key = str_from(text, 2);
    struct out out;
    out_open(&out, 1024);
    for (size_t i = 0; i < key.len; i++) {
        char c = key.at[i];
        bool good = (c >= 'a' && c <= 'z') || is_digit(c) || c == '_' || c == '.' || c == '-';
        if (!good)
            fault(page->source, offset_of(page, key) + i,
                  "a message's key holds a-z 0-9 . _ - and nothing else");
        out_byte(&out, c == '.' || c == '-' ? '_' : c);
    }
    if (key.len == 0)
        fault(page->source, offset_of(page, text), "a message's key is needed after 't:'");
    struct str id = str_keep(memory, out_str(&out));
    out_close(&out);
    return id;
}
