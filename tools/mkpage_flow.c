/* mkpage_flow.c - {% … %}: choices, loops, names, calls; and the places where branches meet. */
#include "tools/mkpage.h"

static void same_place(const struct page *page, const struct frame *frame, size_t where)
{
    const struct html_place *a = &frame->before, *b = &page->html;
    bool tag_level = a->spot != SPOT_TEXT;
    bool same = a->spot == b->spot && a->keep_white == b->keep_white && a->quiet == b->quiet;
    if (tag_level)
        same = same && a->tag_at == b->tag_at;
    if (a->spot == SPOT_VALUE)
        same = same && a->value_at == b->value_at;
    if (!same)
        fault(page->source, where,
              "what began on line %zu ends here in another place of the HTML (a tag, a quote, a "
              "<pre>)",
              source_place(page->source, frame->where).line);
}

static struct html_place join(struct html_place a, struct html_place b)
{
    a.start = a.start == b.start ? a.start : START_PERHAPS;
    a.stuck = a.stuck || b.stuck;
    a.button = a.button || b.button;
    a.value_letters = a.value_letters || b.value_letters;
    a.refresh = a.refresh || b.refresh;
    a.content_shown = a.content_shown || b.content_shown;
    return a;
}

/* A directive ends a name that was being read. */
static void settle(struct page *page, size_t where)
{
    struct html_place *html = &page->html;
    if (html->spot == SPOT_BEFORE)
        fault(page->source, where, "a value stands in quotes, right after the '='");
    if (html->spot != SPOT_NAME && html->spot != SPOT_TAG_NAME)
        return;
    if (html->spot == SPOT_NAME && attribute_kind(&html->name) != ATTRIBUTE_PLAIN)
        fault(page->source, where, "'%.*s' needs its value", (int)html->name.len, html->name.at);
    html->spot = SPOT_TAG;
    html->stuck = true;
}

static void line_of(struct page *page, struct str part)
{
    literal_flush(page);
    out_line_from(&page->code, page->source, offset_of(page, part));
}

static struct frame *top(struct page *page)
{
    return page->frames.count ? &page->frames.at[page->frames.count - 1] : NULL;
}

static void push(struct page *page, enum frame_kind kind, size_t where)
{
    struct frame *frame = ONE_MORE(&page->frames);
    *frame = (struct frame){ .kind = kind,
                             .where = where,
                             .before = page->html,
                             .joined = page->html,
                             .white_before = page->white,
                             .white_all = true,
                             .emitted = page->emitted };
}

static void take_if(struct page *page, struct str condition)
{
    expression_check(page, condition);
    line_of(page, condition);
    out_print(&page->code, "    if (%.*s) {\n", STR_FMT(condition));
    push(page, FRAME_IF, page->at);
}

static void end_branch(struct page *page, struct frame *frame, size_t where)
{
    same_place(page, frame, where);
    frame->joined = frame->any ? join(frame->joined, page->html) : page->html;
    frame->any = true;
    frame->white_all = frame->white_all && page->white;
}

static void take_else(struct page *page, struct str rest)
{
    struct frame *frame = top(page);
    if (!frame || frame->kind != FRAME_IF)
        fault(page->source, page->at, "this 'else' belongs to no 'if'");
    end_branch(page, frame, page->at);
    literal_flush(page);
    page->html = frame->before;
    page->white = frame->white_before;
    out_raw(&page->code, STR("    }\n"));
    if (rest.len == 0) {
        frame->kind = FRAME_ELSE;
        out_raw(&page->code, STR("    else {\n"));
        return;
    }
    struct str condition = str_trim(str_from(rest, 2));
    if (!str_is(name_at_start(rest), STR("if")))
        fault(page->source, page->at, "'else' stands alone, or as 'else if CONDITION'");
    if (!expression_check(page, condition))
        return;
    line_of(page, condition);
    out_print(&page->code, "    else if (%.*s) {\n", STR_FMT(condition));
}

static void take_for(struct page *page, struct str rest)
{
    struct str name = name_at_start(rest);
    struct str after = str_trim(str_from(rest, name.len));
    struct str list = str_trim(str_from(after, 2));
    if (!is_c_name(name) || !str_is(name_at_start(after), STR("in")))
        fault(page->source, page->at, "'for NAME in LIST' is needed here");
    expression_check(page, list);
    size_t n = ++page->loops;
    line_of(page, list);
    out_print(&page->code,
              "    { __auto_type list_%zu = (%.*s); for (size_t i_%zu = 0; i_%zu < "
              "(size_t)list_%zu.count; i_%zu++) { __typeof__(list_%zu.at[0]) *%.*s = "
              "&list_%zu.at[i_%zu]; (void)%.*s;\n",
              n, STR_FMT(list), n, n, n, n, n, STR_FMT(name), n, n, STR_FMT(name));
    push(page, FRAME_FOR, page->at);
}

static void take_end(struct page *page)
{
    struct frame *frame = top(page);
    if (!frame)
        fault(page->source, page->at, "this 'end' ends nothing");
    same_place(page, frame, page->at);
    if (frame->kind == FRAME_FOR && frame->skipped && !page->white &&
        page->html.spot == SPOT_TEXT) { /* the next round would have begun with white space */
        literal_byte(page, '\n');
        page->white = true;
    }
    end_branch(page, frame, page->at);
    literal_flush(page);
    bool always = frame->kind == FRAME_ELSE;
    page->html = always ? frame->joined : join(frame->joined, frame->before);
    page->white = frame->white_all && (always || frame->white_before);
    out_raw(&page->code, frame->kind == FRAME_FOR ? STR("    } }\n") : STR("    }\n"));
    page->frames.count--;
}

static void take_set(struct page *page, struct str rest)
{
    struct str name = name_at_start(rest);
    struct str after = str_trim(str_from(rest, name.len));
    struct str value = str_trim(str_from(after, 1));
    if (!is_c_name(name) || !str_starts(after, STR("=")))
        fault(page->source, page->at, "'set NAME = EXPRESSION' is needed here");
    if (!expression_check(page, value))
        return;
    line_of(page, value);
    out_print(&page->code, "    __auto_type %.*s = (%.*s); (void)%.*s;\n", STR_FMT(name),
              STR_FMT(value), STR_FMT(name));
}

static void take_call(struct page *page, struct str rest)
{
    struct str name = name_at_start(rest);
    struct str after = str_trim(str_from(rest, name.len));
    if (!is_c_name(name) || !str_starts(after, STR("(")) || !str_ends(after, STR(")")))
        fault(page->source, page->at, "'call PAGE(EXPRESSION)' is needed here");
    if (page->html.spot != SPOT_TEXT)
        fault(page->source, page->at, "a page is called between tags");
    if (!expression_check(page, after))
        return;
    struct str inside = str_trim(str_first(str_from(after, 1), after.len - 2));
    line_of(page, name);
    out_print(&page->code, "    %.*s(o, ctx%s%.*s);\n", STR_FMT(name), inside.len ? ", " : "",
              STR_FMT(inside));
    page->white = false;
    page->emitted++;
}

static void take_content(struct page *page)
{
    if (page->is_layout || page->frames.count || page->html.spot != SPOT_TEXT)
        fault(page->source, page->at, "'content' stands once, between tags, outside if and for");
    if (page->layout.len)
        fault(page->source, page->at, "a layout does not use a layout");
    literal_flush(page);
    struct out first = page->code;
    page->code = page->bottom; /* put back in place at the end of the file */
    page->bottom = first;
    page->is_layout = true;
    page->white = false;
}

void flow_take(struct page *page, struct str inside)
{
    struct str text = str_trim(inside);
    struct str word = name_at_start(text);
    struct str rest = str_trim(str_from(text, word.len));
    settle(page, page->at);
    if (str_is(word, STR("if")))
        take_if(page, rest);
    else if (str_is(word, STR("else")))
        take_else(page, rest);
    else if (str_is(word, STR("for")))
        take_for(page, rest);
    else if (str_is(word, STR("end")))
        take_end(page);
    else if (str_is(word, STR("set")))
        take_set(page, rest);
    else if (str_is(word, STR("call")))
        take_call(page, rest);
    else if (str_is(word, STR("content")))
        take_content(page);
    else if (str_is(word, STR("page")) || str_is(word, STR("use")) || str_is(word, STR("layout")))
        fault(page->source, page->at, "'%.*s' stands at the top of the file, before any HTML",
              STR_FMT(word));
    else
        fault(page->source, page->at, "'%.*s': there are if, else, for, end, set, call and content",
              STR_FMT(word));
}

void flow_end(struct page *page)
{
    const struct frame *frame = top(page);
    if (frame)
        fault(page->source, frame->where, "this '%s' has no 'end'",
              frame->kind == FRAME_FOR ? "for" : "if");
    if (page->html.spot != SPOT_TEXT)
        fault(page->source, page->html.tag_at, "this tag is never closed");
    literal_flush(page);
    if (page->is_layout) {
        struct out last = page->code;
        page->code = page->bottom;
        page->bottom = last;
    }
}
