/* markdown.h - what a writer typed, as HTML that may stand in a page.
 *
 * CommonMark through cmark-gfm in its safe mode: raw HTML is left out, links and pictures only
 * with harmless schemes (no javascript:, vbscript:, file:, nor data: but pictures), no automatic
 * links, no extensions. Headings begin at <h2>, because the page has its own <h1>: # and ## both
 * give <h2>, ### gives <h3>, down to <h6>. Every heading carries an id made from its words
 * ("Durf te lopen" -> durf-te-lopen; the second of the same words -> durf-te-lopen-2), so that a
 * reader can point somebody to it; ids begin with "p-", so that they meet no id of the page. */
#ifndef NABIJ_ARTICLES_MARKDOWN_H
#define NABIJ_ARTICLES_MARKDOWN_H

#include "base/str.h"

enum { MARKDOWN_LIMIT = 32 * 1024, MARKDOWN_HTML_LIMIT = 1024 * 1024 };

enum markdown_result {
    MARKDOWN_GOOD,
    MARKDOWN_TOO_LONG, /* more than MARKDOWN_LIMIT bytes, or its HTML would be more than its limit
                        */
    MARKDOWN_NOT_UTF8
};

/* *html lives in the arena and is written only when GOOD. Write time and memory stay in
 * proportion: a hostile 32 KiB takes about a quarter of a second at worst. */
enum markdown_result markdown_html(struct arena *arena, struct str markdown, struct html *html);

/* Text that must stay text, whatever signs are in it, goes into Markdown through here: every sign
 * that could mean something there is escaped, and line breaks become spaces. */
struct out;
void markdown_text(struct out *out, struct str text);

#endif
