#include "articles/import_body.h"

#include "articles/markdown.h"
#include "base/arena.h"
#include "base/out.h"

enum {
    APART = 3,           /* empty lines that set something apart from the running text */
    INTRO_LONGEST = 800, /* characters */
    WRAPPED = 60,        /* characters: a line this long without an empty line after it goes on */
    QUOTES_TRIED = 200,  /* short lines compared with the text, */
    QUOTED_LIMIT = 64 * 1024, /* of which this many bytes are read */
    BODY_LIMIT = 4 * IMPORT_LIMIT
};

/* The lines that are left, in order, and what is being written. */
struct body {
    struct imported *article;
    struct line *lines;
    size_t count, quotes_tried;
    struct out out;
    bool in_list;
};

static void write_line(struct body *body, size_t at);
static size_t read_themes(struct body *body, size_t at, struct str themes);
static void join_wrapped(struct arena *arena, struct line *lines, size_t *count);

static size_t keep_unused(struct line *lines, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!lines[i].used)
            lines[kept++] = lines[i];
    return kept;
}

void import_body(struct arena *arena, struct imported *article, struct line *lines, size_t count,
                 size_t head)
{
    struct body body = { .article = article, .lines = lines };
    bool introduced = head < count && !line_is_short(lines[head].text) && head + 1 < count &&
                      lines[head + 1].gap >= APART &&
                      str_characters(lines[head].text) <= INTRO_LONGEST;
    struct str item, themes;
    if (introduced && !line_bullet(lines[head].text, &item) &&
        !line_read_more(lines[head].text, &themes)) {
        article->intro = lines[head].text;
        lines[head].used = true;
    }
    body.count = keep_unused(lines, count);
    join_wrapped(arena, lines, &body.count);
    out_open(&body.out, BODY_LIMIT);
    for (size_t i = 0; i < body.count; i++) {
        if (line_read_more(lines[i].text, &themes))
            i = read_themes(&body, i, themes);
        else
            write_line(&body, i);
    }
    article->body = str_keep(arena, out_str(&body.out));
    out_close(&body.out);
}

/* A paragraph that was broken into lines of a fixed width is put together again. */
static void join_wrapped(struct arena *arena, struct line *lines, size_t *count)
{
    size_t kept = 0;
    for (size_t i = 0, next; i < *count; i = next) {
        size_t length = lines[i].text.len;
        struct str item;
        for (next = i + 1; next < *count && lines[next].gap == 0 &&
                           lines[next].number == lines[next - 1].number + 1 &&
                           str_characters(lines[next - 1].text) >= WRAPPED &&
                           !line_bullet(lines[next].text, &item);
             next++)
            length += 1 + lines[next].text.len;
        struct line joined = lines[i];
        if (next > i + 1) {
            struct out out;
            out_open(&out, length);
            for (size_t k = i; k < next; k++) {
                out_raw(&out, k > i ? STR(" ") : STR(""));
                out_raw(&out, lines[k].text);
            }
            joined.text = str_keep(arena, out_str(&out));
            out_close(&out);
        }
        lines[kept++] = joined;
    }
    *count = kept;
}

static bool is_apart(const struct body *body, size_t at)
{
    return body->lines[at].gap >= APART ||
           (at + 1 < body->count && body->lines[at + 1].gap >= APART);
}

/* A short line that says again what a paragraph says. Few words are only believed to be a quote
 * when they are set apart: a heading may take its words from the text too. */
static bool is_pull_quote(struct body *body, size_t at)
{
    size_t least = is_apart(body, at) ? 3 : 5, read = 0;
    if (body->quotes_tried++ >= QUOTES_TRIED)
        return false;
    for (size_t i = 0; i < body->count && read < QUOTED_LIMIT; i++) {
        struct str paragraph = str_first(body->lines[i].text, QUOTED_LIMIT - read);
        read += paragraph.len;
        if (i != at && !line_is_short(body->lines[i].text) &&
            line_repeats(body->lines[at].text, paragraph, least))
            return true;
    }
    return false;
}

static void start_block(struct body *body, const char *mark, bool in_list)
{
    if (body->out.len)
        out_raw(&body->out, in_list && body->in_list ? STR("\n") : STR("\n\n"));
    out_raw(&body->out, str_of(mark));
    body->in_list = in_list;
}

static void note_lost_links(struct body *body, const struct line *line)
{
    struct str words;
    for (size_t at = 0; line_lost_link(line->text, &at, &words);)
        import_complain(body->article, IMPORT_LINK_MISSING, line->number, words);
}

static void write_line(struct body *body, size_t at)
{
    const struct line *line = &body->lines[at];
    struct str text = line->text, credit, licence, item;
    if (line_bullet(text, &item)) {
        start_block(body, "- ", true);
        text = item;
    } else if (!line_is_short(text)) {
        start_block(body, "", false);
    } else if (line_photo(text, &credit, &licence)) {
        import_complain(body->article, IMPORT_NOT_PLACED, line->number, text);
        start_block(body, "", false);
    } else if (is_pull_quote(body, at)) {
        start_block(body, "> ", false);
    } else if (at + 1 < body->count && !line_read_more(body->lines[at + 1].text, &item)) {
        start_block(body, "## ", false);
    } else { /* a heading with nothing under it */
        import_complain(body->article, IMPORT_NOT_PLACED, line->number, text);
        start_block(body, "", false);
    }
    markdown_text(&body->out, text);
    note_lost_links(body, line);
}

static void add_themes(struct body *body, const struct line *line, struct str themes)
{
    struct str part, item;
    while (str_split(&themes, ',', &part)) {
        part = str_trim(part);
        if (line_bullet(part, &item))
            part = item;
        if (part.len == 0)
            continue;
        if (body->article->theme_count < IMPORT_THEMES)
            body->article->themes[body->article->theme_count++] = part;
        else
            import_complain(body->article, IMPORT_TOO_MANY_THEMES, line->number, part);
    }
}

/* Themes stand behind the words or on the short lines after them. Returns the last line taken. */
static size_t read_themes(struct body *body, size_t at, struct str themes)
{
    const struct line *heading = &body->lines[at];
    size_t before = body->article->theme_count, last = at;
    struct str item;
    if (themes.len)
        add_themes(body, heading, themes);
    while (last + 1 < body->count && !line_read_more(body->lines[last + 1].text, &item) &&
           (line_is_short(body->lines[last + 1].text) ||
            (line_bullet(body->lines[last + 1].text, &item) && line_is_short(item)))) {
        last++;
        add_themes(body, &body->lines[last], body->lines[last].text);
    }
    if (body->article->theme_count == before)
        import_complain(body->article, IMPORT_THEMES_MISSING, heading->number, heading->text);
    return last;
}
