/* import_lines.h - what a single line of a copied page looks like. Pure; nothing is kept. */
#ifndef NABIJ_ARTICLES_IMPORT_LINES_H
#define NABIJ_ARTICLES_IMPORT_LINES_H

#include "base/day.h"
#include "base/str.h"

struct line {
    struct str text; /* trimmed, never empty; no-break spaces are plain ones */
    size_t number;   /* in the file, from 1 */
    size_t gap;      /* empty lines before it */
    bool used;       /* placed outside the body */
};

enum { LINE_SHORT = 120 }; /* characters that a title, heading or pull quote has at most */

/* Lines that are not empty, with their text in the arena; *count > most when there are more. */
struct line *lines_cut(struct arena *arena, struct str text, size_t most, size_t *count);

enum line_date { LINE_NO_DATE, LINE_DATE, LINE_BAD_DATE };
enum line_date line_date(struct str text, struct day *day);

bool line_author(struct str text, struct str *name, bool *portrait);
bool line_kind(struct str text);
bool line_photo(struct str text, struct str *credit, struct str *licence);
bool line_read_more(struct str text, struct str *themes);
bool line_bullet(struct str text, struct str *item);
bool line_is_short(struct str text); /* could be a title, heading or pull quote */
bool line_has_link(struct str text); /* an address stands in it */

/* The next words from *at on that were a link once: "bekijk dit plaatje". */
bool line_lost_link(struct str text, size_t *at, struct str *words);

/* All words of `line` stand in one sentence of `paragraph`, in order, with few others between. */
bool line_repeats(struct str line, struct str paragraph, size_t least_words);

bool text_said_before(struct str a, struct str b);  /* but for ASCII upper and lower case */
bool text_starts(struct str text, struct str with); /* likewise */

#endif
