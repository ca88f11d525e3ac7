/* server_body.c - gathering a body: behind its head when it fits there, else in memory of its
 * own that grows as the bytes really come, never on a promise. */
#include "web/server_inside.h"

#include <string.h>

#include "base/memory.h"

static const char *too_large = "the body is larger than is taken here";

static void body_room(struct exchange *ex, size_t most)
{
    size_t room = ex->body_room ? ex->body_room * 2 : 2 * BUFFER_BYTES;
    if (room > most)
        room = most;
    ex->body = memory_grow(ex->body, room, 1);
    ex->body_room = room;
}

static bool body_add(struct connection *c, struct str piece)
{
    struct exchange *ex = c->exchange;
    size_t most = c->server->settings.body_limit;
    if (piece.len > most - ex->body_len)
        return false;
    while (ex->body_room - ex->body_len < piece.len)
        body_room(ex, most);
    memcpy(ex->body + ex->body_len, piece.at, piece.len);
    ex->body_len += piece.len;
    return true;
}

/* The head is in and the length is within the limit. False: the buffer has no room behind the head
 * for chunks; it was made larger, and the head must be parsed again. */
bool body_begin(struct connection *c)
{
    struct exchange *ex = c->exchange;
    const struct request *request = &ex->request;
    if (request->chunked) {
        if (c->in_room - ex->head_end >= BODY_ROOM)
            return true;
        buffer_grow(c);
        return false;
    }
    ex->body_behind_head = request->content_length <= c->in_room - ex->head_end;
    if (ex->body_behind_head) {
        ex->end = ex->head_end + (uint32_t)request->content_length;
        return true;
    }
    body_room(ex, (size_t)request->content_length);
    ex->body_len = c->in_end - ex->head_end; /* less than a buffer, so it fits in the first room */
    memcpy(ex->body, c->in + ex->head_end, ex->body_len);
    ex->end = c->in_end = ex->head_end;
    return true;
}

static enum body_result after_read(enum read_result result)
{
    return result == READ_SOME ? BODY_AGAIN : result == READ_NONE ? BODY_WAITS : BODY_GONE;
}

static enum body_result read_behind_head(struct connection *c)
{
    struct exchange *ex = c->exchange;
    size_t got;
    if (c->in_end >= ex->end) {
        ex->request.body = (struct str){ c->in + ex->head_end, ex->end - ex->head_end };
        return BODY_WHOLE;
    }
    enum read_result result = connection_read(c, c->in + c->in_end, c->in_room - c->in_end, &got);
    if (result == READ_SOME)
        c->in_end += (uint32_t)got;
    return after_read(result);
}

static enum body_result read_apart(struct connection *c)
{
    struct exchange *ex = c->exchange;
    size_t whole = (size_t)ex->request.content_length, got;
    if (ex->body_len == whole) {
        ex->request.body = (struct str){ ex->body, ex->body_len };
        return BODY_WHOLE;
    }
    if (ex->body_len == ex->body_room)
        body_room(ex, whole);
    enum read_result result =
        connection_read(c, ex->body + ex->body_len, ex->body_room - ex->body_len, &got);
    if (result == READ_SOME)
        ex->body_len += got;
    return after_read(result);
}

/* ex->end is how far the chunks were read in the buffer. */
static enum body_result read_chunks(struct connection *c, const char **why)
{
    struct exchange *ex = c->exchange;
    while (ex->end < c->in_end) {
        struct str rest = { c->in + ex->end, c->in_end - ex->end }, piece;
        size_t used;
        enum chunked_result result = chunked_read(&ex->chunks, rest, &used, &piece, why);
        if (result == CHUNKED_BAD)
            return BODY_BAD;
        ex->end += (uint32_t)used;
        if (result == CHUNKED_PIECE && !body_add(c, piece)) {
            *why = too_large;
            return BODY_TOO_LARGE;
        }
        if (result == CHUNKED_END) {
            ex->request.body = (struct str){ ex->body ? ex->body : "", ex->body_len };
            return BODY_WHOLE;
        }
    }
    ex->end = c->in_end = ex->head_end;
    size_t got;
    enum read_result result = connection_read(c, c->in + c->in_end, c->in_room - c->in_end, &got);
    if (result == READ_SOME)
        c->in_end += (uint32_t)got;
    return after_read(result);
}

enum body_result body_read(struct connection *c, const char **why)
{
    struct exchange *ex = c->exchange;
    if (ex->request.chunked)
        return read_chunks(c, why);
    return ex->body_behind_head ? read_behind_head(c) : read_apart(c);
}
