/* mkpage_show.c - {{ … }}: a value where a person reads it, never where a browser would obey it. */
#include "tools/mkpage.h"

enum way { WAY_TEXT, WAY_ADDRESS, WAY_PART };

/* How a value is written at this place; ends the tool where none may stand. */
static enum way way_here(struct page *page, size_t where)
{
    static const char *const moving[] = { "set", "animate", "animatemotion", NULL };
    struct html_place *html = &page->html;
    if (html->spot == SPOT_TEXT)
        return WAY_TEXT;
    if (html->spot != SPOT_VALUE)
        fault(page->source, where, "inside a tag an expression stands in a quoted value");
    if (html->kind == ATTRIBUTE_NEVER)
        fault(page->source, where, "no expression in '%.*s'", (int)html->name.len, html->name.at);
    for (size_t i = 0; moving[i]; i++)
        if (word_is(&html->tag, moving[i]))
            fault(page->source, where, "no expression in <%s>: it can change an address",
                  moving[i]);
    if (word_is(&html->tag, "meta") && word_is(&html->name, "content"))
        html->content_shown = true;
    if (html->kind != ATTRIBUTE_ADDRESS)
        return WAY_TEXT;
    if (html->start == START_PERHAPS)
        fault(page->source, where, "it depends on an {%% if %%} whether this begins the address");
    return html->start == START_EMPTY ? WAY_ADDRESS : WAY_PART;
}

static void wrote(struct page *page)
{
    page->html.start = START_FILLED;
    page->white = false;
    page->emitted++;
}

static void begin_line(struct page *page, struct str part)
{
    literal_flush(page);
    out_line_from(&page->code, page->source, offset_of(page, part));
}

/* To C the constant of a message is an int: it would show as a number. */
static void refuse_constant(const struct page *page, struct str expression)
{
    size_t at = str_find(expression, STR("MESSAGE_"));
    if (at < expression.len)
        mistake(page->source, offset_of(page, expression) + at,
                "a message is t:KEY, or t:(EXPRESSION) when it is chosen: this is a number");
}

static void write_argument(struct page *page, const struct argument *argument)
{
    if (is_message(argument->value)) {
        out_print(&page->code, " ARG_MESSAGE(\"%.*s\", MESSAGE_%.*s),", STR_FMT(argument->name),
                  STR_FMT(message_read(page, argument->value)));
    } else {
        refuse_constant(page, argument->value);
        out_print(&page->code, " ARG(\"%.*s\", (%.*s)),", STR_FMT(argument->name),
                  STR_FMT(argument->value));
    }
}

static void write_arguments(struct page *page, const struct arguments *arguments)
{
    out_raw(&page->code, STR(", (struct message_argument[]){"));
    for (size_t i = 0; i < arguments->count; i++)
        write_argument(page, &arguments->at[i]);
    out_print(&page->code, " }, %zu", arguments->count);
}

/* The catalogue knows which arguments its message has: the compiler compares. */
static void check_arguments(struct page *page, struct str id, const struct arguments *arguments)
{
    out_print(&page->code, "    _Static_assert(ARGUMENTS_%.*s == %zu, \"", STR_FMT(id),
              arguments->count);
    out_print(&page->code, "the message has more or fewer arguments\");");
    for (size_t i = 0; i < arguments->count; i++)
        out_print(&page->code, " (void)ARGUMENT_%.*s__%.*s;", STR_FMT(id),
                  STR_FMT(arguments->at[i].name));
    out_byte(&page->code, ' ');
}

/* How much of `t:key …` or `t:(EXPR) …` names the message. */
static size_t message_length(struct str text)
{
    bool chosen = str_starts(text, STR("t:("));
    size_t length = 2;
    for (int depth = 0; length < text.len; length++) {
        depth += text.at[length] == '(';
        depth -= text.at[length] == ')';
        if ((!chosen || depth == 0) && is_white(text.at[length]))
            break;
    }
    return length;
}

static void take_message(struct page *page, struct str text)
{
    struct str name = str_first(text, message_length(text));
    bool chosen = str_starts(name, STR("t:("));
    struct arguments arguments = arguments_read(page, str_from(text, name.len));
    if (way_here(page, offset_of(page, text)) != WAY_TEXT)
        fault(page->source, offset_of(page, text), "a message is no address");
    if (chosen && !expression_check(page, str_from(name, 2)))
        return;
    struct str id = chosen ? str_from(name, 2) : message_read(page, name);
    begin_line(page, text);
    if (!chosen)
        check_arguments(page, id, &arguments);
    out_print(&page->code, "    show_message%s(o, ctx, %s%.*s", arguments.count ? "_with" : "",
              chosen ? "" : "MESSAGE_", STR_FMT(id));
    if (arguments.count)
        write_arguments(page, &arguments);
    out_raw(&page->code, STR(");\n"));
    wrote(page);
}

/* A name, and perhaps ="value", that is not followed, obeyed or read. */
static void check_attribute(const struct page *page, struct str literal)
{
    struct word name = { 0 };
    size_t where = offset_of(page, literal), length = str_find(literal, STR("="));
    for (size_t i = 0; i < length && i < WORD_LIMIT; i++)
        name.at[name.len++] = literal.at[i];
    struct str value = str_from(literal, length + 1);
    bool quoted = value.len >= 2 && value.at[0] == '"' &&
                  str_find(str_from(value, 1), STR("\"")) == value.len - 2;
    if (name.len == 0 || str_find(str_first(literal, length), STR(" ")) < length ||
        str_find(str_first(literal, length), STR("\"")) < length ||
        (length < literal.len && !quoted))
        fault(page->source, where, "inside a tag this is one attribute: NAME or NAME=\"VALUE\"");
    if (attribute_kind(&name) != ATTRIBUTE_PLAIN)
        fault(page->source, where, "'%.*s' does not stand in a {{? ... }}", (int)name.len, name.at);
}

static void check_literal(const struct page *page, struct str literal)
{
    const struct html_place *html = &page->html;
    size_t where = offset_of(page, literal);
    if (literal.len == 0)
        fault(page->source, where, "'{{? EXPRESSION : LITERAL }}' needs its literal");
    for (size_t i = 0; i < literal.len; i++) {
        char c = literal.at[i];
        if (!is_letter(c) && !is_digit(c) && c != ' ' && c != '-' && c != '=' && c != '"')
            fault(page->source, where + i,
                  "the literal holds letters, digits, spaces, - _ = and \"");
    }
    if (html->spot == SPOT_TEXT || html->spot == SPOT_BEFORE)
        fault(page->source, where, "{{? ... }} stands inside a tag or a quoted value");
    if (html->spot != SPOT_VALUE) {
        check_attribute(page, literal);
        return;
    }
    if (html->kind != ATTRIBUTE_PLAIN)
        fault(page->source, where, "{{? ... }} does not stand in '%.*s'", (int)html->name.len,
              html->name.at);
    if (str_find(literal, STR("\"")) < literal.len)
        fault(page->source, where, "inside a value the literal has no quotes");
}

static void settle_in_tag(struct page *page)
{
    if (page->html.spot != SPOT_VALUE) {
        page->html.spot = SPOT_TAG;
        page->html.stuck = true;
        if (page->literal.len && page->literal.at[page->literal.len - 1] == ' ')
            page->literal.len--;
    }
}

static void take_choice(struct page *page, struct str text)
{
    size_t colon = expression_find(text, ':', true);
    if (colon == text.len)
        fault(page->source, offset_of(page, text), "'{{? EXPRESSION : LITERAL }}' needs a ':'");
    struct str expression = str_trim(str_first(text, colon));
    struct str literal = str_trim(str_from(text, colon + 1));
    if (!expression_check(page, expression))
        return;
    check_literal(page, literal);
    bool in_tag = page->html.spot != SPOT_VALUE;
    settle_in_tag(page);
    begin_line(page, expression);
    out_print(&page->code, "    if (%.*s)\n        out_raw(o, (struct str){ %s",
              STR_FMT(expression), in_tag ? "\" \" " : "");
    out_c_string(&page->code, literal);
    out_print(&page->code, ", %zu });\n", literal.len + in_tag);
    if (!in_tag)
        wrote(page);
    page->white = false;
}

static void take_expression(struct page *page, struct str text)
{
    static const char *const macros[] = { "SHOW", "SHOW_URL", "SHOW_URL_PART" };
    if (!expression_check(page, text))
        return;
    refuse_constant(page, text);
    enum way way = way_here(page, offset_of(page, text));
    begin_line(page, text);
    out_print(&page->code, "    %s(o, ctx, (%.*s));\n", macros[way], STR_FMT(text));
    wrote(page);
}

void show_take(struct page *page, struct str inside)
{
    struct str text = str_trim(inside);
    if (str_starts(text, STR("?")))
        take_choice(page, str_from(text, 1));
    else if (is_message(text))
        take_message(page, text);
    else if (str_starts(text, STR("raw:")))
        fault(page->source, offset_of(page, text), "there is no raw: give a struct html");
    else
        take_expression(page, text);
}
