/* request.h - one HTTP/1.1 request, parsed strictly by RFC 9112, and its form.
 *
 * Everything points into the connection's buffer or the arena given, and lives until the
 * exchange is answered. What is not exactly right is refused; nothing is guessed. */
#ifndef NABIJ_WEB_REQUEST_H
#define NABIJ_WEB_REQUEST_H

#include "base/str.h"

enum method { GET, HEAD, POST, METHOD_OTHER };

/* RFC 9112, section 3 asks for request lines of at least 8,000 bytes. */
enum { REQUEST_HEAD_LIMIT = 16 * 1024, REQUEST_TARGET_LIMIT = 8000, REQUEST_HEADERS = 64 };

struct header {
    struct str name, value; /* the name as it came; compare with header_find */
};

struct request {
    enum method method;
    struct str path;                        /* begins with '/', still percent-encoded */
    struct str query;                       /* after '?', still encoded; empty when there is none */
    struct header headers[REQUEST_HEADERS]; /* past header_count: whatever was there before */
    size_t header_count;
    struct str body;
    uint64_t content_length;
    bool chunked, keep_alive, expect_continue;
};

enum parse_result {
    PARSE_DONE,
    PARSE_MORE,
    PARSE_BAD,
    PARSE_TOO_LARGE,
    PARSE_VERSION,
    PARSE_TARGET_TOO_LONG
};

/* Parses a head from `bytes` (what came so far). PARSE_DONE: *used is where the body begins.
 * PARSE_MORE: nothing wrong so far; call again with more, from the same first byte. All others
 * name the reason in *why (a constant text, for tests and the log), and the fields before the
 * fault are there. Refused among others: obs-fold, bare LF or CR, NUL, a space before the colon,
 * Host missing or twice, Content-Length with Transfer-Encoding, twice, or not a plain number, any
 * coding but chunked alone, a control byte or anything not allowed in method, target, name or
 * value (RFC 9110, 9112 and 3986: a raw '[' or '|' must come percent-encoded).
 *
 * An absolute target (http://host/path) is taken when its host is the Host field's. HTTP/1.0 is
 * understood, with a Host, and never kept alive. */
enum parse_result request_parse(struct str bytes, struct request *request, size_t *used,
                                const char **why);

/* Case-insensitive; the first one; an at of NULL when there is none. */
struct str request_header(const struct request *request, struct str name);
struct str request_cookie(const struct request *request, struct str name);

/* The best of `offered` (language codes like "nl") for an Accept-Language value; the first
 * one when none fits. */
size_t language_choose(struct str accept, const struct str *offered, size_t count);

struct field {
    struct str name, value;
};

enum { FORM_FIELDS = 200, FORM_NAME_BYTES = 64 };

enum form_result { FORM_GOOD, FORM_TOO_MANY, FORM_ENCODING };

/* application/x-www-form-urlencoded → fields in the arena: percent-decoded once, valid UTF-8
 * without NUL, CRLF (and a CR alone) turned into LF. FORM_ENCODING: broken %, not UTF-8, or NUL.
 * FORM_TOO_MANY: more than FORM_FIELDS, or a name longer than FORM_NAME_BYTES. `fields` has room
 * for FORM_FIELDS; those before the fault are filled. A name without '=' has an empty value. */
enum form_result form_parse(struct arena *arena, struct str body, struct field *fields,
                            size_t *count);

/* One segment of a path, percent-decoded by the same rules; false when it is not good. */
bool path_decode(struct arena *arena, struct str segment, struct str *decoded);

#endif
