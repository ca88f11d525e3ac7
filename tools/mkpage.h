/* mkpage.h - one page file on its way from HTML to C.
 *
 * The file is read once from front to back. What is literal is followed by a small model of how
 * a browser reads HTML (mkpage_html.c), so that at each expression it is known where the value
 * will land: in text, in a quoted attribute, in an address. Where a value could become markup
 * or a program, the expression is refused (mkpage_show.c). Control flow (mkpage_flow.c) may not
 * change that place: every branch ends where it began. */
#ifndef NABIJ_TOOLS_MKPAGE_H
#define NABIJ_TOOLS_MKPAGE_H

#include "tools/text.h"

enum spot {
    SPOT_TEXT, /* between tags */
    SPOT_TAG,  /* inside a tag, between attributes */
    SPOT_TAG_NAME,
    SPOT_NAME,   /* in an attribute's name */
    SPOT_BEFORE, /* after the '=', before the quote */
    SPOT_VALUE   /* in a quoted value */
};

enum start { START_EMPTY, START_PERHAPS, START_FILLED }; /* of an attribute's value */

enum attribute { ATTRIBUTE_PLAIN, ATTRIBUTE_ADDRESS, ATTRIBUTE_READ, ATTRIBUTE_NEVER };

enum { WORD_LIMIT = 40 };

struct word { /* lower case; longer ones are cut, and no known word is that long */
    char at[WORD_LIMIT];
    size_t len;
};

struct html_place {
    enum spot spot;
    bool closing; /* </tag */
    struct word tag, name;
    enum attribute kind;
    enum start start;
    bool stuck;      /* after an if inside a tag: white space or the tag's end must follow */
    bool keep_white; /* inside <pre> or <textarea> */
    bool quiet;      /* inside <code translate="no">: letters are allowed */
    bool button, value_letters;  /* an <input>'s type and value, until both are known */
    bool refresh, content_shown; /* the same for <meta http-equiv> */
    char quote;
    size_t value_at; /* where the quoted value begins in the file */
    size_t tag_at;
};

enum frame_kind { FRAME_IF, FRAME_ELSE, FRAME_FOR };

struct frame {
    enum frame_kind kind;
    size_t where;
    struct html_place before; /* where it began; each branch begins there again */
    struct html_place joined; /* what the branches so far ended as */
    bool any;                 /* there was a branch before this one */
    bool white_before, white_all;
    size_t emitted; /* page->emitted when this branch began */
    bool skipped;   /* a `for` began by leaving out white space */
};

struct frames {
    struct frame *at;
    size_t count, room;
};

struct page {
    const struct source *source;
    size_t at;
    struct html_place html;
    bool white;                           /* what was written last is white space */
    size_t emitted;                       /* counts what was written, to see whether anything was */
    struct str name, parameter, variable; /* variable: the parameter's own name */
    struct str layout, layout_members;    /* of the page that uses one */
    bool is_layout;                       /* it holds {% content %} */
    size_t layout_at;
    struct out literal; /* not yet written to `code` */
    struct out code;    /* the function's body, or its top when is_layout */
    struct out bottom;  /* what follows {% content %}, while it is written elsewhere */
    struct frames frames;
    size_t loops;
    struct names *uses;
};

/* Literal text, from page->at up to `end`. */
void html_take(struct page *page, size_t end);
enum attribute attribute_kind(const struct word *name);
bool is_html_letter(struct str text, size_t *length); /* a letter that a person would read */
bool word_is(const struct word *word, const char *text);
bool word_in(const struct word *word, const char *const *list); /* ends with NULL */

/* &name; at the start, or 0. */
size_t entity_length(struct str rest);

/* {{ … }}: `inside` is what stands between the braces. */
void show_take(struct page *page, struct str inside);

/* {% … %} */
void flow_take(struct page *page, struct str inside);
void flow_end(struct page *page);

/* Writing. */
void literal_byte(struct page *page, char c);
void literal_flush(struct page *page);
size_t offset_of(const struct page *page, struct str part);

/* C expressions. True when brackets and quotes are closed. */
bool expression_check(const struct page *page, struct str expression);

/* Where `mark` stands outside brackets and quotes, or text.len. */
size_t expression_find(struct str text, char mark, bool last);

struct argument {
    struct str name, value;
};
struct arguments {
    struct argument *at;
    size_t count, room;
};

/* `a=EXPR b=EXPR …` */
struct arguments arguments_read(const struct page *page, struct str text);

/* `t:key.name`: the message's name in C, key_name, without MESSAGE_. */
bool is_message(struct str text);
struct str message_read(const struct page *page, struct str text);

struct pages {
    struct page **at;
    size_t count, room;
};

void pages_header(struct out *out, const struct names *uses, const struct pages *pages);
void pages_code(struct out *out, const char *path, const struct pages *pages);

#endif
