/* str.h - text as a pointer and a length; a piece borrowed from somewhere, never owned.
 *
 * `struct str` is dangerous text: it came from a person. `struct html` is text that may
 * stand in a page as it is. They are different types on purpose; the only way from the
 * first to the second is through out.h, which escapes. */
#ifndef NABIJ_BASE_STR_H
#define NABIJ_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct str {
    const char *at;
    size_t len;
};

struct html {
    struct str safe;
};

#define STR(literal) ((struct str){ "" literal, sizeof(literal) - 1 })
#define STR_INIT(literal)                                                                          \
    {                                                                                              \
        "" literal, sizeof(literal) - 1                                                            \
    }                                   /* for static tables */
#define STR_FMT(s) (int)(s).len, (s).at /* with "%.*s" */

struct str str_of(const char *zero_ended); /* NULL gives the empty text */
bool str_is(struct str a, struct str b);
int str_compare(struct str a, struct str b); /* by bytes; <0, 0, >0 */
bool str_starts(struct str text, struct str with);
bool str_ends(struct str text, struct str with);
struct str str_from(struct str text, size_t start); /* the tail; empty when past the end */
struct str str_first(struct str text, size_t length);

/* Where `what` begins in `text`, or text.len when it is not there. */
size_t str_find(struct str text, struct str what);

/* Without ASCII white space at both ends. */
struct str str_trim(struct str text);

/* Takes the part up to `mark` off the front of *text and returns it; the mark is dropped.
 * When there is none, the whole of *text. False when *text was already at its end
 * (text->at == NULL); after the last part text->at is NULL. */
bool str_split(struct str *text, char mark, struct str *part);

/* A whole, plain decimal number; false on anything else or overflow. */
bool str_number(struct str text, int64_t *number);

/* Copies that live in the arena. str_zero returns a C string. */
struct str str_keep(struct arena *arena, struct str text);
char *str_zero(struct arena *arena, struct str text);
struct str str_print(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* UTF-8 by RFC 3629: no overlong forms, no surrogates, no NUL. *where is the first bad byte. */
bool str_utf8(struct str text, size_t *where);

/* Characters (code points) in valid UTF-8. */
size_t str_characters(struct str text);

#endif
