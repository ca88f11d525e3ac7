#include "articles/markdown.h"

#include <cmark-gfm.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "base/out.h"

enum { ID_WORDS_LIMIT = 60, FIRST_LEVEL = 2, LAST_LEVEL = 6 };

/* cmark takes and gives back thousands of little nodes; it goes through the house's door to the
 * allocator, and everything is given back before the function returns. */
static void *new_for_cmark(size_t count, size_t size)
{
    return memory_new(count, size);
}

static void *grow_for_cmark(void *old, size_t size)
{
    return memory_grow(old, size, 1);
}

static cmark_mem memory = { new_for_cmark, grow_for_cmark, memory_free };

static void write_html(struct arena *arena, struct out *out, cmark_node *document);

enum markdown_result markdown_html(struct arena *arena, struct str markdown, struct html *html)
{
    if (markdown.len > MARKDOWN_LIMIT)
        return MARKDOWN_TOO_LONG;
    if (!str_utf8(markdown, NULL))
        return MARKDOWN_NOT_UTF8;
    cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_SAFE, &memory);
    if (markdown.len)
        cmark_parser_feed(parser, markdown.at, markdown.len);
    cmark_node *document = cmark_parser_finish(parser);
    struct out out;
    out_open(&out, MARKDOWN_HTML_LIMIT);
    write_html(arena, &out, document);
    cmark_node_free(document);
    cmark_parser_free(parser);
    bool fits = !out.overflow;
    if (fits)
        html->safe = str_keep(arena, out_str(&out));
    out_close(&out);
    return fits ? MARKDOWN_GOOD : MARKDOWN_TOO_LONG;
}

struct named {
    struct named *next;
    struct str id;
};

static void write_heading(struct arena *arena, struct out *out, cmark_node *heading,
                          struct named **names);

/* The renderer of cmark gives headings no id, and works on any node: so each block at the top is
 * written by it, the headings by us. A heading inside a quote or a list stays without an id. */
static void shift_levels(cmark_node *document)
{
    cmark_iter *walk = cmark_iter_new(document);
    cmark_event_type event;
    while ((event = cmark_iter_next(walk)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(walk);
        if (event != CMARK_EVENT_ENTER || cmark_node_get_type(node) != CMARK_NODE_HEADING)
            continue;
        if (cmark_node_get_heading_level(node) < FIRST_LEVEL)
            cmark_node_set_heading_level(node, FIRST_LEVEL);
    }
    cmark_iter_free(walk);
}

static void write_rendered(struct out *out, cmark_node *node)
{
    char *rendered = cmark_render_html_with_mem(node, CMARK_OPT_SAFE, NULL, &memory);
    out_raw(out, str_of(rendered));
    memory_free(rendered);
}

static void write_html(struct arena *arena, struct out *out, cmark_node *document)
{
    struct named *names = NULL;
    shift_levels(document);
    for (cmark_node *block = cmark_node_first_child(document); block && !out->overflow;
         block = cmark_node_next(block)) {
        if (cmark_node_get_type(block) == CMARK_NODE_HEADING)
            write_heading(arena, out, block, &names);
        else
            write_rendered(out, block);
    }
}

/* Letters, digits and what is beyond ASCII stay; all else becomes one hyphen. */
static void write_id_part(struct out *out, struct str words)
{
    for (size_t i = 0; i < words.len; i++) {
        unsigned char c = (unsigned char)words.at[i];
        if (out->len >= ID_WORDS_LIMIT && (c & 0xc0) != 0x80)
            return;
        bool upper = c >= 'A' && c <= 'Z';
        if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80)
            out_byte(out, (char)(upper ? c + ('a' - 'A') : c));
        else if (out->len && out->at[out->len - 1] != '-')
            out_byte(out, '-');
    }
}

static struct str words_as_id(struct arena *arena, cmark_node *heading)
{
    struct out out;
    out_open(&out, 2 * ID_WORDS_LIMIT);
    out_raw(&out, STR("p-"));
    cmark_iter *walk = cmark_iter_new(heading);
    cmark_event_type event;
    while ((event = cmark_iter_next(walk)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(walk);
        cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
            write_id_part(&out, str_of(cmark_node_get_literal(node)));
        else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
            write_id_part(&out, STR(" "));
    }
    cmark_iter_free(walk);
    while (out.len > 2 && out.at[out.len - 1] == '-')
        out.len--;
    struct str id = str_keep(arena, out_str(&out));
    out_close(&out);
    return id.len > 2 ? id : STR("p-deel");
}

static bool is_taken(const struct named *names, struct str id)
{
    for (; names; names = names->next)
        if (str_is(names->id, id))
            return true;
    return false;
}

/* Many headings with the same words would make the search for a free number slow; after this many
 * at the top of one text a heading gets no id. */
enum { MOST_IDS = 500 };

static void write_heading(struct arena *arena, struct out *out, cmark_node *heading,
                          struct named **names)
{
    size_t count = 0, number = 1;
    for (const struct named *n = *names; n; n = n->next)
        count++;
    if (count >= MOST_IDS) {
        write_rendered(out, heading);
        return;
    }
    struct str words = words_as_id(arena, heading), id = words;
    while (is_taken(*names, id))
        id = str_print(arena, "%.*s-%zu", STR_FMT(words), ++number);
    struct named *named = ARENA_NEW(arena, struct named);
    *named = (struct named){ *names, id };
    *names = named;
    int level = cmark_node_get_heading_level(heading);
    out_print(out, "<h%d id=\"", level > LAST_LEVEL ? LAST_LEVEL : level); /* not shown */
    out_text(out, id);
    char *rendered = cmark_render_html_with_mem(heading, CMARK_OPT_SAFE, NULL, &memory);
    out_raw(out, STR("\""));
    out_raw(out, str_from(str_of(rendered), 3)); /* after "<hN" */
    memory_free(rendered);
}

/* CommonMark 0.30, section 2.4: any ASCII punctuation may be escaped with a backslash. A mark that
 * means something only at the front of a line is escaped only there. */
static bool means_something(struct str text, size_t i)
{
    char c = text.at[i];
    if (strchr("\\`*_[]<>&!|~", c))
        return true;
    if (i == 0)
        return strchr("#+-=>:", c) != NULL;
    bool after_number = (c == '.' || c == ')') && i <= 9;
    for (size_t k = 0; after_number && k < i; k++)
        after_number = text.at[k] >= '0' && text.at[k] <= '9';
    return after_number;
}

void markdown_text(struct out *out, struct str text)
{
    text = str_trim(text);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == 0)
            continue;
        if (c == '\n' || c == '\r' || c == '\t') {
            out_byte(out, ' ');
            continue;
        }
        if (means_something(text, i))
            out_byte(out, '\\');
        out_byte(out, c);
    }
}
