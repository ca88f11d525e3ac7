/* server_connection.c - one visitor: a head, a body, an answer, and again. */
#include "web/server_inside.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum step { STEP_ON, STEP_WAITS };

/* Remembered until the end of the round: events of this round may still point here. */
static void lay_out(struct connection *c)
{
    buffer_give_back(c);
    c->dying = true;
    c->after = c->server->dead;
    c->server->dead = c;
}

/* The descriptor goes; an exchange that is with the caller stays valid until it is answered. */
void connection_close(struct connection *c)
{
    bool with_caller = c->phase == PHASE_ANSWER && c->exchange;
    if (c->phase != PHASE_GONE) {
        connection_wait(c, WAIT_NONE, false);
        close(c->fd);
        c->fd = -1;
        c->phase = PHASE_GONE;
        connection_forget_output(c);
        c->server->counts.connections_now--;
        if (c->exchange && !with_caller)
            exchange_release(c->exchange);
    }
    if (!c->exchange && !c->dying)
        lay_out(c);
}

void connection_go_on(struct connection *c)
{
    struct server *server = c->server;
    if (c->queued)
        return;
    c->queued = true;
    c->next = NULL;
    if (server->again)
        server->again_last->next = c;
    else
        server->again = c;
    server->again_last = c;
}

static void plain_refusal(struct exchange *ex, int status, const char *why)
{
    struct answer answer = { .status = status,
                             .content_type = STR("text/plain; charset=utf-8"),
                             .body = str_of(why) };
    exchange_answer(ex, &answer);
}

/* Leaves the connection in PHASE_CLOSE, or gone. */
void connection_refuse(struct connection *c, int status, const char *why)
{
    const struct server_settings *settings = &c->server->settings;
    struct exchange *ex = c->exchange;
    bool driven = c->driven;
    c->driven = true;
    ex->refused = true;
    ex->end = c->in_end; /* nothing after this is a request any more */
    c->phase = PHASE_ANSWER;
    connection_wait(c, WAIT_NONE, false);
    c->server->counts.refused++;
    if (settings->on_refused)
        settings->on_refused(ex, status, why, settings->with);
    if (c->exchange == ex)
        plain_refusal(ex, status, why);
    c->driven = driven;
}

/* The head or the body came in time. */
static void clock_off(struct connection *c)
{
    if (c->wait == WAIT_HEAD || c->wait == WAIT_BODY)
        connection_wait(c, WAIT_NONE, false);
}

static int refusal(enum parse_result result)
{
    switch (result) {
    case PARSE_TOO_LARGE:
        return 431;
    case PARSE_TARGET_TOO_LONG:
        return 414;
    case PARSE_VERSION:
        return 505;
    default:
        return 400;
    }
}

static bool say_continue(struct connection *c)
{
    struct str line = STR("HTTP/1.1 100 Continue\r\n\r\n"), none = { "", 0 };
    struct exchange *ex = c->exchange;
    bool some_came = c->in_end > ex->head_end || ex->body_len > 0;
    if (!ex->request.expect_continue || some_came)
        return true;
    return connection_write(c, line, none, false) != WRITE_BROKEN &&
           connection_flush(c) != WRITE_BROKEN;
}

static enum step head_is_in(struct connection *c)
{
    struct exchange *ex = c->exchange;
    const struct request *request = &ex->request;
    c->in_seen = 0;
    clock_off(c);
    if (request->method == METHOD_OTHER) {
        connection_refuse(c, 501, "a method that is not known here");
        return STEP_ON;
    }
    if (request->content_length > c->server->settings.body_limit) {
        connection_refuse(c, 413, "the body is larger than is taken here");
        return STEP_ON;
    }
    ex->end = ex->head_end;
    if (request->content_length || request->chunked) {
        if (!body_begin(c)) {
            exchange_release(ex);
            return STEP_ON;
        }
        if (!say_continue(c)) {
            connection_close(c);
            return STEP_WAITS;
        }
    }
    c->phase = PHASE_BODY;
    return STEP_ON;
}

/* A head that comes in drops is looked at again only when a line has ended: at most as many
 * times as there may be fields, so it cannot be made to cost the square of its length. */
static bool worth_parsing(const struct connection *c)
{
    size_t length = c->in_end - c->in_start;
    return length > c->in_seen &&
           (c->in_seen == 0 || length >= REQUEST_HEAD_LIMIT ||
            memchr(c->in + c->in_start + c->in_seen, '\n', length - c->in_seen));
}

static enum step parse_head(struct connection *c)
{
    struct exchange *ex = exchange_take(c);
    struct str came = { c->in + c->in_start, c->in_end - c->in_start };
    size_t used;
    const char *why;
    enum parse_result result = request_parse(came, &ex->request, &used, &why);
    if (result == PARSE_MORE) {
        exchange_release(ex);
        c->in_seen = (uint32_t)came.len;
        return STEP_ON;
    }
    if (result != PARSE_DONE) {
        connection_refuse(c, refusal(result), why);
        return STEP_ON;
    }
    ex->head_end = c->in_start + (uint32_t)used;
    return head_is_in(c);
}

static enum step step_head(struct connection *c)
{
    if (c->out_len - c->out_at >= OUT_HIGH && connection_flush(c) == WRITE_BLOCKED)
        return STEP_WAITS; /* it asks, and does not take what it asked for */
    if (worth_parsing(c))
        return parse_head(c);
    enum read_result result = connection_read_head(c);
    if (result == READ_SOME)
        return STEP_ON;
    if (connection_flush(c) == WRITE_BROKEN || result == READ_END) {
        /* Ended, or half a head and then nothing: nobody is there to be told. */
        if (c->out_at < c->out_len)
            c->phase = PHASE_CLOSE;
        else
            connection_close(c);
        return c->phase == PHASE_CLOSE ? STEP_ON : STEP_WAITS;
    }
    if (c->out_len)
        return STEP_WAITS;
    if (c->in_start == c->in_end) {
        buffer_give_back(c);
        connection_wait(c, WAIT_IDLE, true);
    } else {
        connection_wait(c, WAIT_HEAD, false);
    }
    return STEP_WAITS;
}

static enum step step_body(struct connection *c)
{
    const char *why = "";
    switch (body_read(c, &why)) {
    case BODY_AGAIN:
        return STEP_ON;
    case BODY_WAITS:
        connection_wait(c, WAIT_BODY, false);
        return STEP_WAITS;
    case BODY_BAD:
        connection_refuse(c, 400, why);
        return STEP_ON;
    case BODY_TOO_LARGE:
        connection_refuse(c, 413, why);
        return STEP_ON;
    case BODY_GONE:
        connection_close(c);
        return STEP_WAITS;
    case BODY_WHOLE:
        break;
    }
    clock_off(c);
    c->phase = PHASE_ANSWER;
    c->server->counts.requests++;
    c->server->settings.on_request(c->exchange, c->server->settings.with);
    return STEP_ON;
}

static enum step step_close(struct connection *c)
{
    enum write_result result = connection_flush(c);
    if (result == WRITE_BLOCKED)
        return STEP_WAITS;
    bool unread = c->linger || c->in_start < c->in_end;
    if (result == WRITE_BROKEN || !unread) {
        connection_close(c);
        return STEP_WAITS;
    }
    buffer_give_back(c);
    shutdown(c->fd, SHUT_WR);
    c->phase = PHASE_LINGER;
    connection_wait(c, WAIT_LINGER, false);
    return STEP_ON;
}

static enum step connection_step(struct connection *c)
{
    switch ((enum phase)c->phase) {
    case PHASE_HEAD:
        return step_head(c);
    case PHASE_BODY:
        return step_body(c);
    case PHASE_ANSWER:
        if (c->wait == WAIT_IDLE) /* nobody waits for the client now */
            connection_wait(c, WAIT_NONE, false);
        return STEP_WAITS;
    case PHASE_CLOSE:
        return step_close(c);
    case PHASE_LINGER:
        connection_linger(c);
        return c->phase == PHASE_LINGER && c->readable ? STEP_ON : STEP_WAITS;
    case PHASE_GONE:
        break;
    }
    return STEP_WAITS;
}

void connection_drive(struct connection *c)
{
    c->driven = true;
    int turns = TURNS;
    while (connection_step(c) == STEP_ON)
        if (--turns == 0) {
            connection_go_on(c); /* others first */
            break;
        }
    c->driven = false;
}

void connection_late(struct connection *c)
{
    if (c->phase == PHASE_BODY || (c->phase == PHASE_HEAD && c->in_start < c->in_end && !c->out)) {
        const char *why =
            c->phase == PHASE_BODY ? "the body came too slowly" : "the head came too slowly";
        if (c->phase == PHASE_HEAD) {
            size_t used;
            const char *unused;
            struct str came = { c->in + c->in_start, c->in_end - c->in_start };
            request_parse(came, &exchange_take(c)->request, &used, &unused);
        }
        connection_refuse(c, 408, why);
        connection_drive(c);
    } else {
        connection_close(c);
    }
}
