/* out.h - a buffer that text is written to, and the only place where text becomes HTML.
 *
 * An `out` owns its bytes; out_clear keeps the memory for the next use. Past its limit it
 * drops what comes and `overflow` is set; the caller looks once, at the end. */
#ifndef NABIJ_BASE_OUT_H
#define NABIJ_BASE_OUT_H

#include "base/str.h"

struct out {
    char *at;
    size_t len, room, limit;
    bool overflow;
};

void out_open(struct out *out, size_t limit);
void out_close(struct out *out);
void out_clear(struct out *out);
struct str out_str(const struct out *out);

/* As it is: for bytes of our own (templates, protocols). */
void out_raw(struct out *out, struct str bytes);
void out_byte(struct out *out, char byte);
void out_print(struct out *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Escaped for HTML text and quoted attributes: & < > " ' */
void out_text(struct out *out, struct str text);
void out_html(struct out *out, struct html html);
void out_number(struct out *out, int64_t number);

/* Percent-encoded for one segment of a path or one value of a query. */
void out_url_part(struct out *out, struct str text);

/* Room for `more` bytes at out->at + out->len; NULL past the limit. The caller adds to len. */
char *out_room(struct out *out, size_t more);

#endif
