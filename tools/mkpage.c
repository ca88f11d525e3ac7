/* mkpage - HTML files become C functions.
 *
 *     mkpage -h OUT.h -c OUT.c FILE.html...
 *
 * A page is HTML with expressions: {{ value }}, {{ t:message }}, {% if %}, {% for %}. It becomes
 * one function over its view. What is written without thinking is escaped; what could not be made
 * safe is refused with its line and column. #line leads a misspelt field back to the HTML. */
#include "tools/mkpage.h"

size_t offset_of(const struct page *page, struct str part)
{
    return (size_t)(part.at - page->source->text.at);
}

void literal_byte(struct page *page, char c)
{
    out_byte(&page->literal, c);
    page->emitted++;
    page->white = is_white(c) && page->html.spot == SPOT_TEXT;
}

void literal_flush(struct page *page)
{
    struct str text = out_str(&page->literal);
    if (text.len == 0)
        return;
    out_raw(&page->code, STR("    out_raw(o, (struct str){ "));
    out_c_string(&page->code, text);
    out_print(&page->code, ", %zu });\n", text.len);
    out_clear(&page->literal);
}

/* Where the two letters `mark` stand outside C quotes; text.len when nowhere. */
static size_t closing(struct str text, const char *mark)
{
    char quote = 0;
    for (size_t i = 0; i + 1 < text.len; i++) {
        char c = text.at[i];
        if (!quote && c == mark[0] && text.at[i + 1] == mark[1])
            return i;
        if (quote && c == '\\')
            i++;
        else if (quote && c == quote)
            quote = 0;
        else if (!quote && (c == '"' || c == '\'') && mark[0] != '#')
            quote = c;
    }
    return text.len;
}

/* The next {{ {% {# from page->at; the kind is its second letter, or 0 at the end. */
static char next_brace(const struct page *page, size_t *where)
{
    struct str text = page->source->text;
    for (size_t i = page->at; i + 1 < text.len; i++) {
        char second = text.at[i + 1];
        if (text.at[i] == '{' && (second == '{' || second == '%' || second == '#')) {
            *where = i;
            return second;
        }
    }
    *where = text.len;
    return 0;
}

/* What stands inside the braces at page->at; *after is where they end. */
static struct str inside_braces(const struct page *page, char kind, size_t *after)
{
    const char *mark = kind == '{' ? "}}" : kind == '%' ? "%}" : "#}";
    struct str rest = str_from(page->source->text, page->at + 2);
    size_t length = closing(rest, mark);
    if (length == rest.len)
        fault(page->source, page->at, "this '{%c' is never closed by '%s'", kind, mark);
    *after = page->at + 2 + length + 2;
    return str_first(rest, length);
}

static void take_page_line(struct page *page, struct str rest)
{
    page->name = name_at_start(rest);
    struct str list = str_trim(str_from(rest, page->name.len));
    if (!is_c_name(page->name) || !str_starts(list, STR("(")) || !str_ends(list, STR(")")))
        fault(page->source, page->at, "'page NAME (TYPE *NAME)' is needed here");
    page->parameter = str_trim(str_first(str_from(list, 1), list.len - 2));
    size_t start = page->parameter.len;
    while (start > 0 &&
           (is_letter(page->parameter.at[start - 1]) || is_digit(page->parameter.at[start - 1])))
        start--;
    page->variable = str_from(page->parameter, start);
    if (page->parameter.len && !is_c_name(page->variable))
        fault(page->source, page->at, "the view needs a name: '(const struct card *v)'");
}

static void take_use(struct page *page, struct str rest)
{
    if (rest.len < 3 || rest.at[0] != '"' || rest.at[rest.len - 1] != '"')
        fault(page->source, page->at, "'use \"folder/header.h\"' is needed here");
    struct str header = str_first(str_from(rest, 1), rest.len - 2);
    if (names_find(page->uses, header) == page->uses->count)
        names_add(page->uses, header);
}

static void take_layout(struct page *page, struct str rest)
{
    page->layout = name_at_start(rest);
    page->layout_at = page->at;
    if (!is_c_name(page->layout))
        fault(page->source, page->at, "'layout PAGE member=EXPRESSION' is needed here");
    struct arguments arguments = arguments_read(page, str_from(rest, page->layout.len));
    struct out members;
    out_open(&members, 64 * 1024);
    for (size_t i = 0; i < arguments.count; i++) {
        struct argument *a = &arguments.at[i];
        if (is_message(a->value))
            out_print(&members, " .%.*s_message = MESSAGE_%.*s,", STR_FMT(a->name),
                      STR_FMT(message_read(page, a->value)));
        else
            out_print(&members, " .%.*s = (%.*s),", STR_FMT(a->name), STR_FMT(a->value));
    }
    page->layout_members = str_keep(memory, out_str(&members));
    out_close(&members);
}

/* {% page %}, {% use %}, {% layout %} and comments, before any HTML. */
static void read_top(struct page *page)
{
    struct str text = page->source->text;
    for (;;) {
        while (page->at < text.len && is_white(text.at[page->at]))
            page->at++;
        size_t where, after;
        char kind = next_brace(page, &where);
        if (where != page->at || (kind != '%' && kind != '#'))
            break;
        struct str inside = str_trim(inside_braces(page, kind, &after));
        struct str word = name_at_start(inside), rest = str_trim(str_from(inside, word.len));
        if (kind == '%' && page->name.len == 0 && !str_is(word, STR("page")))
            break;
        if (kind == '%' && str_is(word, STR("page")) && page->name.len == 0)
            take_page_line(page, rest);
        else if (kind == '%' && str_is(word, STR("use")))
            take_use(page, rest);
        else if (kind == '%' && str_is(word, STR("layout")) && page->layout.len == 0)
            take_layout(page, rest);
        else if (kind == '%')
            break;
        page->at = after;
    }
    if (page->name.len == 0)
        fault(page->source, page->at, "a page begins with {%% page NAME (TYPE *NAME) %%}");
}

static void read_body(struct page *page)
{
    size_t where, after;
    page->white = true;
    for (;;) {
        char kind = next_brace(page, &where);
        html_take(page, where);
        if (page->at > where) /* they stood in a comment */
            continue;
        if (!kind)
            break;
        struct str inside = inside_braces(page, kind, &after);
        if (kind == '{')
            show_take(page, inside);
        else if (kind == '%')
            flow_take(page, inside);
        page->at = after;
    }
    flow_end(page);
}

static struct page *page_read(const char *path, struct names *uses, const struct pages *pages)
{
    struct source *source = ARENA_NEW(memory, struct source);
    struct page *page = ARENA_NEW(memory, struct page);
    *source = source_read(path);
    page->source = source;
    page->uses = uses;
    out_open(&page->literal, 4 * 1024 * 1024);
    out_open(&page->code, 16 * 1024 * 1024);
    out_open(&page->bottom, 16 * 1024 * 1024);
    read_top(page);
    for (size_t i = 0; i < pages->count; i++)
        if (str_is(pages->at[i]->name, page->name))
            mistake(source, 0, "'%.*s' is already the page of %s", STR_FMT(page->name),
                    pages->at[i]->source->path.at);
    read_body(page);
    return page;
}

static void check_layouts(const struct pages *pages)
{
    for (size_t i = 0; i < pages->count; i++) {
        const struct page *page = pages->at[i];
        bool found = page->layout.len == 0;
        for (size_t other = 0; other < pages->count; other++)
            found = found ||
                    (pages->at[other]->is_layout && str_is(pages->at[other]->name, page->layout));
        if (!found)
            mistake(page->source, page->layout_at, "there is no page '%.*s' with {%% content %%}",
                    STR_FMT(page->layout));
    }
}

int main(int argc, char **argv)
{
    tool_start("mkpage");
    struct request_line line = request_line(argc, argv);
    struct pages pages = { 0 };
    struct names uses = { 0 };
    for (int i = 0; i < line.count; i++) {
        struct page *page = page_read(line.files[i], &uses, &pages);
        *ONE_MORE(&pages) = page;
    }
    check_layouts(&pages);
    struct out header, code;
    out_open(&header, (size_t)64 * 1024 * 1024);
    out_open(&code, (size_t)64 * 1024 * 1024);
    if (mistakes == 0) {
        pages_header(&header, &uses, &pages);
        pages_code(&code, line.code, &pages);
        write_changed(line.header, &header);
        write_changed(line.code, &code);
    }
    for (size_t i = 0; i < pages.count; i++) {
        out_close(&pages.at[i]->literal);
        out_close(&pages.at[i]->code);
        out_close(&pages.at[i]->bottom);
    }
    out_close(&header);
    out_close(&code);
    return tool_end();
}
