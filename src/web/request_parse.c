#include "web/request.h"

#include <string.h>

#include "web/byte_kinds.h"
#include "web/request_rules.h"

enum { METHOD_BYTES = 32 };

/* Where the reading has got to. A step that gives PARSE_DONE has moved `at` past its piece. */
struct reader {
    const char *at, *end;
    const char *why;
    struct request *request;
    struct head_facts facts;
};

static enum parse_result bad(struct reader *r, const char *why)
{
    r->why = why;
    return PARSE_BAD;
}

static const char *past(const char *at, const char *end, unsigned kind)
{
    while (at < end && byte_is(*at, kind))
        at++;
    return at;
}

static enum parse_result line_end(struct reader *r, const char *why)
{
    if (r->at == r->end)
        return PARSE_MORE;
    if (*r->at != '\r')
        return bad(r, *r->at == '\n' ? "a line ends in a bare LF" : why);
    if (r->at + 1 == r->end)
        return PARSE_MORE;
    if (r->at[1] != '\n')
        return bad(r, "a bare CR");
    r->at += 2;
    return PARSE_DONE;
}

static enum parse_result method(struct reader *r)
{
    const char *end = past(r->at, r->end, BYTE_TOKEN);
    struct str name = { r->at, (size_t)(end - r->at) };
    if (name.len > METHOD_BYTES)
        return bad(r, "a method that is far too long");
    if (end == r->end)
        return PARSE_MORE;
    if (name.len == 0 || *end != ' ')
        return bad(r, "a method that is not a token and one space");
    r->request->method = str_is(name, STR("GET"))    ? GET
                         : str_is(name, STR("POST")) ? POST
                         : str_is(name, STR("HEAD")) ? HEAD
                                                     : METHOD_OTHER;
    r->at = end + 1;
    return PARSE_DONE;
}

/* Up to the first byte that may not be there; every % must have its two digits. */
static enum parse_result encoded(struct reader *r, bool query)
{
    for (;;) {
        r->at = past(r->at, r->end, BYTE_PATH);
        if (r->at < r->end && query && *r->at == '?') {
            r->at++;
        } else if (r->at < r->end && *r->at == '%') {
            for (size_t i = 1; i <= 2; i++) {
                if (r->at + i == r->end)
                    return PARSE_MORE;
                if (!byte_is(r->at[i], BYTE_HEX))
                    return bad(r, "a broken percent-encoding in the target");
            }
            r->at += 3;
        } else {
            return r->at == r->end ? PARSE_MORE : PARSE_DONE;
        }
    }
}

/* http://host/… is what a client says to a proxy; it is understood when the host is ours. */
static enum parse_result absolute(struct reader *r)
{
    static const struct str schemes[] = { STR_INIT("http://"), STR_INIT("https://") };
    size_t left = (size_t)(r->end - r->at);
    for (size_t i = 0; i < 2; i++) {
        struct str start = { r->at, left < schemes[i].len ? left : schemes[i].len };
        if (!text_same(start, str_first(schemes[i], start.len)))
            continue;
        if (start.len < schemes[i].len)
            return PARSE_MORE;
        const char *name = r->at + start.len, *end = name;
        while (end < r->end &&
               (byte_is(*end, BYTE_HOST) || *end == ':' || *end == '[' || *end == ']'))
            end++;
        r->facts.authority = (struct str){ name, (size_t)(end - name) };
        r->at = end;
        return PARSE_DONE;
    }
    return bad(r, "a target that does not begin with a slash");
}

static enum parse_result target(struct reader *r)
{
    struct request *request = r->request;
    const char *start = r->at;
    enum parse_result result = PARSE_DONE;
    if (r->at < r->end && *r->at != '/')
        result = absolute(r);
    if (result == PARSE_DONE) {
        if (r->at < r->end && *r->at != '/')
            return bad(r, "a target that does not begin with a slash");
        request->path.at = r->at;
        result = encoded(r, false);
    }
    if (result == PARSE_DONE) {
        request->path.len = (size_t)(r->at - request->path.at);
        request->query = (struct str){ r->at, 0 };
        if (*r->at == '?') {
            request->query.at = ++r->at;
            result = encoded(r, true);
            request->query.len = (size_t)(r->at - request->query.at);
        }
    }
    const char *reached = result == PARSE_MORE ? r->end : r->at;
    if (result != PARSE_BAD && reached - start > REQUEST_TARGET_LIMIT) {
        r->why = "the target is too long";
        return PARSE_TARGET_TOO_LONG;
    }
    if (result == PARSE_DONE && *r->at++ != ' ')
        return bad(r, "a byte that may not stand in a target");
    return result;
}

static enum parse_result version(struct reader *r)
{
    static const char name[] = "HTTP/";
    size_t left = (size_t)(r->end - r->at);
    for (size_t i = 0; i < 8 && i < left; i++) {
        bool digit = r->at[i] >= '0' && r->at[i] <= '9';
        if (i < 5 ? r->at[i] != name[i] : i == 6 ? r->at[i] != '.' : !digit)
            return bad(r, "a version that is not HTTP/n.n");
    }
    if (left < 8)
        return PARSE_MORE;
    if (r->at[5] != '1' || r->at[7] > '1') {
        r->why = "a version of HTTP that is not spoken here";
        return PARSE_VERSION;
    }
    r->facts.http_1_0 = r->at[7] == '0';
    r->request->keep_alive = !r->facts.http_1_0;
    r->at += 8;
    return line_end(r, "more than three words on the request line");
}

/* Eight bytes at a time while none of them is a control byte or DEL: a cookie or a user agent is
 * long. A tab or a byte above 127 only sends us to the slow way. */
static const char *past_value(const char *at, const char *end)
{
    const uint64_t ones = 0x0101010101010101u;
    while (end - at >= 8) {
        uint64_t x;
        memcpy(&x, at, 8);
        uint64_t low = x - ones * 0x20, del = (x ^ (ones * 0x7f)) - ones;
        if ((low | del | x) & (ones * 0x80))
            break;
        at += 8;
    }
    return past(at, end, BYTE_VALUE);
}

static enum parse_result field(struct reader *r, struct header *field)
{
    const char *name = r->at, *colon = past(name, r->end, BYTE_TOKEN);
    if (colon == r->end)
        return PARSE_MORE;
    if (colon == name)
        return bad(r, *name == ' ' || *name == '\t' ? "a folded line" : "a field without a name");
    if (*colon != ':')
        return bad(r, *colon == ' ' || *colon == '\t' ? "a space before a colon"
                                                      : "a byte that may not stand in a name");
    const char *value = colon + 1;
    while (value < r->end && (*value == ' ' || *value == '\t'))
        value++;
    r->at = past_value(value, r->end);
    const char *last = r->at;
    enum parse_result result = line_end(r, "a control byte in a value");
    if (result != PARSE_DONE)
        return result;
    while (last > value && (last[-1] == ' ' || last[-1] == '\t'))
        last--;
    field->name = (struct str){ name, (size_t)(colon - name) };
    field->value = (struct str){ value, (size_t)(last - value) };
    return PARSE_DONE;
}

static enum parse_result fields(struct reader *r)
{
    struct request *request = r->request;
    for (;;) {
        if (r->at == r->end)
            return PARSE_MORE;
        if (*r->at == '\r' || *r->at == '\n') {
            enum parse_result result = line_end(r, "a bare CR");
            if (result != PARSE_DONE)
                return result;
            return head_whole(&r->facts, request, &r->why) ? PARSE_DONE : PARSE_BAD;
        }
        struct header spare, *now = &spare;
        if (request->header_count < REQUEST_HEADERS)
            now = &request->headers[request->header_count];
        enum parse_result result = field(r, now);
        if (result != PARSE_DONE)
            return result;
        if (now == &spare) {
            r->why = "too many fields";
            return PARSE_TOO_LARGE;
        }
        request->header_count++;
        if (!head_field(&r->facts, request, now, &r->why))
            return PARSE_BAD;
    }
}

static enum parse_result head(struct reader *r)
{
    enum parse_result result = PARSE_DONE;
    /* One empty line before a request is forgiven: RFC 9112, section 2.2. */
    if (r->at < r->end && *r->at == '\r')
        result = line_end(r, "a bare CR");
    if (result == PARSE_DONE)
        result = method(r);
    if (result == PARSE_DONE)
        result = target(r);
    if (result == PARSE_DONE)
        result = version(r);
    return result == PARSE_DONE ? fields(r) : result;
}

enum parse_result request_parse(struct str bytes, struct request *request, size_t *used,
                                const char **why)
{
    struct str nothing = { "", 0 };
    request->method = METHOD_OTHER;
    request->path = request->query = request->body = nothing;
    request->header_count = 0;
    request->content_length = 0;
    request->chunked = request->keep_alive = request->expect_continue = false;

    bool full = bytes.len >= REQUEST_HEAD_LIMIT;
    size_t looked = full ? REQUEST_HEAD_LIMIT : bytes.len;
    struct reader r = { .at = bytes.at, .end = bytes.at + looked, .request = request, .why = "" };
    enum parse_result result = head(&r);
    if (result == PARSE_MORE && full) {
        r.why = "the head is too large";
        result = PARSE_TOO_LARGE;
    }
    *why = result == PARSE_DONE || result == PARSE_MORE ? "" : r.why;
    *used = result == PARSE_DONE ? (size_t)(r.at - bytes.at) : 0;
    return result;
}
