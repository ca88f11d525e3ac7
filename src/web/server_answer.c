/* server_answer.c - from an answer to bytes: the status line, the few fields that are ours, and
 * the caller's. */
#include "web/server_inside.h"

#include <assert.h>
#include <string.h>

static struct str reason(int status)
{
    static const struct {
        int status;
        struct str words;
    } reasons[] = {
        { 200, STR_INIT("OK") },
        { 201, STR_INIT("Created") },
        { 202, STR_INIT("Accepted") },
        { 204, STR_INIT("No Content") },
        { 301, STR_INIT("Moved Permanently") },
        { 302, STR_INIT("Found") },
        { 303, STR_INIT("See Other") },
        { 304, STR_INIT("Not Modified") },
        { 307, STR_INIT("Temporary Redirect") },
        { 308, STR_INIT("Permanent Redirect") },
        { 400, STR_INIT("Bad Request") },
        { 401, STR_INIT("Unauthorized") },
        { 403, STR_INIT("Forbidden") },
        { 404, STR_INIT("Not Found") },
        { 405, STR_INIT("Method Not Allowed") },
        { 408, STR_INIT("Request Timeout") },
        { 409, STR_INIT("Conflict") },
        { 410, STR_INIT("Gone") },
        { 412, STR_INIT("Precondition Failed") },
        { 413, STR_INIT("Content Too Large") },
        { 414, STR_INIT("URI Too Long") },
        { 415, STR_INIT("Unsupported Media Type") },
        { 422, STR_INIT("Unprocessable Content") },
        { 429, STR_INIT("Too Many Requests") },
        { 431, STR_INIT("Request Header Fields Too Large") },
        { 500, STR_INIT("Internal Server Error") },
        { 501, STR_INIT("Not Implemented") },
        { 502, STR_INIT("Bad Gateway") },
        { 503, STR_INIT("Service Unavailable") },
        { 504, STR_INIT("Gateway Timeout") },
        { 505, STR_INIT("HTTP Version Not Supported") },
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].status == status)
            return reasons[i].words;
    return (struct str){ "", 0 };
}

static char *put(char *to, struct str text)
{
    if (text.len)
        memcpy(to, text.at, text.len);
    return to + text.len;
}

static char *put_number(char *to, uint64_t number)
{
    char digits[20];
    size_t n = sizeof digits;
    do
        digits[--n] = (char)('0' + number % 10);
    while (number /= 10);
    return put(to, (struct str){ digits + n, sizeof digits - n });
}

/* A 204 or a 304 has no body by its nature and says no length: RFC 9110, section 8.6. */
static bool may_have_body(int status)
{
    return status >= 200 && status != 204 && status != 304;
}

static struct str compose(struct server *server, const struct answer *answer, bool close)
{
    enum { OURS = 256 }; /* the longest the fields below can get, without type and headers */
    out_clear(&server->head);
    char *start = out_room(&server->head, OURS + answer->content_type.len + answer->headers.len);
    assert(start); /* kilobytes of headers are a bug of ours */
    char *to = put(start, STR("HTTP/1.1 "));
    to = put_number(to, (uint64_t)answer->status);
    to = put(to, STR(" "));
    to = put(to, reason(answer->status));
    to = put(to, STR("\r\nDate: "));
    to = put(to, str_of(server->date));
    if (answer->content_type.len) {
        to = put(to, STR("\r\nContent-Type: "));
        to = put(to, answer->content_type);
    }
    if (may_have_body(answer->status)) {
        to = put(to, STR("\r\nContent-Length: "));
        to = put_number(to, answer->body.len);
    }
    if (close)
        to = put(to, STR("\r\nConnection: close"));
    to = put(to, STR("\r\n"));
    to = put(to, answer->headers);
    to = put(to, STR("\r\n"));
    return (struct str){ start, (size_t)(to - start) };
}

void exchange_answer(struct exchange *ex, const struct answer *answer)
{
    struct connection *c = ex->connection;
    assert(c && c->exchange == ex && answer->status >= 200 && answer->status <= 599);
    struct answer it = *answer;
    bool ended = it.close || ex->refused || !ex->request.keep_alive || c->server->stopping;
    bool head_only = ex->request.method == HEAD || !may_have_body(it.status);
    if (it.content_type.len == 0)
        it.body = (struct str){ "", 0 };
    c->linger = ex->refused;
    enum write_result result = WRITE_BROKEN;
    if (c->phase != PHASE_GONE) {
        struct str head = compose(c->server, &it, ended);
        struct str body = head_only ? (struct str){ "", 0 } : it.body;
        result = connection_write(c, head, body, !ended && c->in_end > ex->end);
        c->in_start = ex->end;
    }
    exchange_release(ex);
    if (result == WRITE_BROKEN) {
        connection_close(c);
        return;
    }
    c->phase = ended ? PHASE_CLOSE : PHASE_HEAD;
    if (!c->driven)
        connection_go_on(c);
}
