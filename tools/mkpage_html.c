/* mkpage_html.c - literal HTML, followed as a browser would, by the tokenisation rules of the
 * HTML standard as far as a page of ours may use them; what goes beyond is refused. */
#include <string.h>
#include <strings.h>

#include "tools/mkpage.h"

static void word_add(struct word *word, char c)
{
    if (word->len < WORD_LIMIT)
        word->at[word->len++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static void refuse_letters(const struct page *page, size_t where)
{
    mistake(page->source, where,
            "text that a person reads comes from a message, {{ t:... }}, not from the page");
}

static void white_byte(struct page *page, char c)
{
    if (page->html.keep_white || page->html.spot == SPOT_VALUE) {
        literal_byte(page, c);
        return;
    }
    bool newline = c == '\n';
    if (page->white) {
        for (size_t i = 0; i < page->frames.count; i++) /* the loops that began just now */
            if (page->frames.at[i].kind == FRAME_FOR && page->frames.at[i].emitted == page->emitted)
                page->frames.at[i].skipped = true;
        if (newline && page->literal.len && page->literal.at[page->literal.len - 1] == ' ')
            page->literal.at[page->literal.len - 1] = '\n';
        return;
    }
    literal_byte(page, newline && page->html.spot == SPOT_TEXT ? '\n' : ' ');
    page->white = true;
}

static void begin_tag(struct page *page, size_t *at)
{
    struct html_place *html = &page->html;
    struct str text = page->source->text;
    size_t next = *at + 1;
    bool closing = next < text.len && text.at[next] == '/';
    next += closing;
    if (next >= text.len || !is_letter(text.at[next]))
        fault(page->source, *at, "a '<' begins a tag here; write &lt; for the sign");
    bool keep = html->keep_white, quiet = html->quiet;
    *html = (struct html_place){
        .spot = SPOT_TAG_NAME, .closing = closing, .keep_white = keep, .quiet = quiet, .tag_at = *at
    };
    literal_byte(page, '<');
    if (closing)
        literal_byte(page, '/');
    *at = next;
}

/* <script src> stands alone, and <style> not at all: the page's policy forbids what is inline. */
static void check_script(const struct page *page, size_t after)
{
    const struct html_place *html = &page->html;
    if (word_is(&html->tag, "style"))
        mistake(page->source, html->tag_at, "no <style> in a page: it belongs in assets");
    if (word_is(&html->tag, "script") &&
        !str_starts(str_from(page->source->text, after), STR("</script>")))
        mistake(page->source, after, "nothing stands inside <script>: it belongs in assets");
}

static void end_tag(struct page *page, size_t *at)
{
    struct html_place *html = &page->html;
    static const char *const keeping[] = { "pre", "textarea", NULL };
    bool keeps = word_in(&html->tag, keeping);
    literal_byte(page, '>');
    (*at)++;
    if (!html->closing)
        check_script(page, *at);
    if (html->button && html->value_letters)
        refuse_letters(page, html->tag_at);
    if (html->refresh && html->content_shown)
        mistake(page->source, html->tag_at, "a <meta http-equiv> has no expression in its content");
    bool keep = keeps ? !html->closing : html->keep_white;
    bool quiet = html->closing && word_is(&html->tag, "code") ? false : html->quiet;
    *html = (struct html_place){ .spot = SPOT_TEXT, .keep_white = keep, .quiet = quiet };
    /* A browser drops one newline here; so what a person wrote keeps its own. */
    bool newline = *at < page->source->text.len && page->source->text.at[*at] == '\n';
    if (keeps && keep && !newline)
        literal_byte(page, '\n');
}

static void begin_name(struct page *page, char c, size_t at)
{
    if (page->html.stuck)
        fault(page->source, at, "white space is needed between what an {%% if %%} gives and this");
    page->html.name = (struct word){ 0 };
    page->html.spot = SPOT_NAME;
    word_add(&page->html.name, c);
    literal_byte(page, c);
}

static void check_name(const struct page *page, size_t at)
{
    const struct word *name = &page->html.name;
    if (attribute_kind(name) == ATTRIBUTE_NEVER)
        mistake(page->source, at - name->len, "no '%.*s' in a page: the page's policy forbids it",
                (int)name->len, name->at);
}

static void in_tag(struct page *page, size_t *at)
{
    struct html_place *html = &page->html;
    char c = page->source->text.at[*at];
    if (html->spot == SPOT_NAME && (is_white(c) || c == '>' || c == '/' || c == '='))
        check_name(page, *at);
    if (c == '>') {
        end_tag(page, at);
        return;
    }
    if (is_white(c)) {
        html->spot = SPOT_TAG;
        html->stuck = false;
        white_byte(page, c);
    } else if (c == '=' && html->spot == SPOT_NAME) {
        html->spot = SPOT_BEFORE;
        html->kind = attribute_kind(&html->name);
        literal_byte(page, c);
    } else if (c == '/') {
        html->spot = SPOT_TAG;
        literal_byte(page, c);
    } else if (c == '"' || c == '\'' || c == '<' || c == '=') {
        fault(page->source, *at, "'%c' here: an attribute is written name=\"value\"", c);
    } else if (html->spot == SPOT_NAME || html->spot == SPOT_TAG_NAME) {
        word_add(html->spot == SPOT_NAME ? &html->name : &html->tag, c);
        literal_byte(page, c);
    } else {
        begin_name(page, c, *at);
    }
    (*at)++;
}

static void begin_value(struct page *page, size_t *at)
{
    char c = page->source->text.at[*at];
    if (c != '"' && c != '\'')
        fault(page->source, *at, "a value stands in quotes, right after the '='");
    page->html.spot = SPOT_VALUE;
    page->html.quote = c;
    page->html.start = START_EMPTY;
    page->html.value_at = *at + 1;
    literal_byte(page, c);
    (*at)++;
}

/* The scheme of an address that is written in the page itself. */
static void check_scheme(const struct page *page)
{
    static const char *const allowed[] = { "http:", "https:", "mailto:", "tel:", NULL };
    struct str value = str_from(page->source->text, page->html.value_at);
    size_t length = 0;
    while (length < value.len && !strchr("/?#{\"'", value.at[length]) && value.at[length] != ':')
        length++;
    if (length >= value.len || value.at[length] != ':')
        return;
    for (const char *const *scheme = allowed; *scheme; scheme++)
        if (str_is(str_first(value, length + 1), str_of(*scheme)))
            return;
    mistake(page->source, page->html.value_at,
            "an address begins with / http: https: mailto: tel:");
}

/* What a finished value says about its tag. */
static void end_value(struct page *page, size_t at)
{
    struct html_place *html = &page->html;
    struct str value = str_first(str_from(page->source->text, html->value_at), at - html->value_at);
    if (word_is(&html->tag, "code") && word_is(&html->name, "translate") &&
        str_is(value, STR("no")))
        html->quiet = true;
    if (word_is(&html->tag, "input") && word_is(&html->name, "type"))
        html->button = str_is(value, STR("submit")) || str_is(value, STR("button")) ||
                       str_is(value, STR("reset"));
    if (word_is(&html->tag, "meta") && word_is(&html->name, "http-equiv"))
        html->refresh = true;
    html->spot = SPOT_TAG;
    html->stuck = true; /* another attribute needs white space before it */
}

static void in_value(struct page *page, size_t *at)
{
    struct html_place *html = &page->html;
    struct str rest = str_from(page->source->text, *at);
    size_t length = entity_length(rest), size = 1;
    bool letter = !length && is_html_letter(rest, &size);
    if (rest.at[0] == html->quote) {
        literal_byte(page, rest.at[0]);
        (*at)++;
        end_value(page, *at - 1);
        return;
    }
    if (html->kind == ATTRIBUTE_ADDRESS && html->start == START_EMPTY)
        check_scheme(page);
    if (letter && html->kind == ATTRIBUTE_READ && !html->quiet)
        refuse_letters(page, *at);
    if (letter && word_is(&html->name, "value"))
        html->value_letters = true;
    html->start = START_FILLED;
    length = length ? length : size;
    for (size_t i = 0; i < length; i++)
        literal_byte(page, rest.at[i]);
    *at += length;
}

static bool same_letters(struct str text, const char *word)
{
    size_t length = strlen(word);
    return text.len >= length && strncasecmp(text.at, word, length) == 0;
}

static void skip_comment(struct page *page, size_t *at)
{
    size_t length = str_find(str_from(page->source->text, *at), STR("-->"));
    if (*at + length >= page->source->text.len)
        fault(page->source, *at, "this comment is never closed");
    *at += length + 3;
}

static void in_text(struct page *page, size_t *at)
{
    struct str rest = str_from(page->source->text, *at);
    size_t length = entity_length(rest), size = 1;
    if (str_starts(rest, STR("<!--"))) {
        skip_comment(page, at);
    } else if (same_letters(rest, "<!doctype html>")) {
        for (size_t i = 0; i < 15; i++)
            literal_byte(page, rest.at[i]);
        *at += 15;
    } else if (rest.at[0] == '<') {
        begin_tag(page, at);
    } else if (is_white(rest.at[0])) {
        white_byte(page, rest.at[0]);
        (*at)++;
    } else {
        bool letter = !length && is_html_letter(rest, &size);
        if (letter && !page->html.quiet) {
            refuse_letters(page, *at);
            while (size < rest.len && is_letter(rest.at[size])) /* one word, one mistake */
                size++;
        }
        length = length ? length : size;
        for (size_t i = 0; i < length; i++)
            literal_byte(page, rest.at[i]);
        *at += length;
    }
}

void html_take(struct page *page, size_t end)
{
    size_t at = page->at;
    while (at < end) {
        if (page->html.spot == SPOT_TEXT)
            in_text(page, &at);
        else if (page->html.spot == SPOT_BEFORE)
            begin_value(page, &at);
        else if (page->html.spot == SPOT_VALUE)
            in_value(page, &at);
        else
            in_tag(page, &at);
    }
    page->at = at;
}
