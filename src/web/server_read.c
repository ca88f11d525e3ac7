/* server_read.c - bytes in: buffers that come from a pool and go back to it. */
#include "web/server_inside.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"

static char *pool_take(struct server *server)
{
    return server->buffer_count ? server->buffers[--server->buffer_count]
                                : memory_new(BUFFER_BYTES, 1);
}

static void pool_give(struct server *server, char *buffer, size_t size)
{
    if (size == BUFFER_BYTES && server->buffer_count < POOL_BUFFERS)
        server->buffers[server->buffer_count++] = buffer;
    else
        memory_free(buffer);
}

void buffer_give_back(struct connection *c)
{
    if (c->in)
        pool_give(c->server, c->in, c->in_room);
    c->in = NULL;
    c->in_room = c->in_start = c->in_end = c->in_seen = 0;
}

/* Makes room behind what came; moves it, so nothing may point into it yet. */
bool buffer_grow(struct connection *c)
{
    size_t length = c->in_end - c->in_start, room = (size_t)c->in_room * 2;
    if (c->in_start > 0) {
        memmove(c->in, c->in + c->in_start, length);
    } else {
        if (c->in_room >= BUFFER_MOST)
            return false;
        if (room > BUFFER_MOST)
            room = BUFFER_MOST;
        char *larger = memory_new(room, 1);
        memcpy(larger, c->in, length);
        pool_give(c->server, c->in, c->in_room);
        c->in = larger;
        c->in_room = (uint32_t)room;
    }
    c->in_start = 0;
    c->in_end = (uint32_t)length;
    return true;
}

/* Fewer bytes than asked for means that there is no more for now (epoll(7)), except when the
 * client has ended: then its end must still be read. */
enum read_result connection_read(struct connection *c, char *room, size_t size, size_t *got)
{
    if (!c->readable)
        return READ_NONE;
    ssize_t n = read(c->fd, room, size);
    if (n > 0) {
        *got = (size_t)n;
        if (*got < size && !c->ended)
            c->readable = false;
        return READ_SOME;
    }
    if (n < 0 && errno == EINTR)
        return READ_NONE; /* a non-blocking read is not interrupted; still, no harm */
    if (n < 0 && errno == EAGAIN) {
        c->readable = false;
        return READ_NONE;
    }
    return READ_END;
}

enum read_result connection_read_head(struct connection *c)
{
    if (!c->readable)
        return READ_NONE;
    if (!c->in) {
        c->in = pool_take(c->server);
        c->in_room = BUFFER_BYTES;
    } else if (c->in_start == c->in_end) {
        c->in_start = c->in_end = 0;
    }
    if (c->in_end == c->in_room && !buffer_grow(c))
        return READ_END;
    size_t got;
    enum read_result result = connection_read(c, c->in + c->in_end, c->in_room - c->in_end, &got);
    if (result == READ_SOME)
        c->in_end += (uint32_t)got;
    return result;
}

/* The client is still sending what we refused. If we closed now, the reset that it gets could
 * wipe out the answer before it was read. */
void connection_linger(struct connection *c)
{
    size_t got = 0;
    switch (connection_read(c, c->server->scratch, SCRATCH_BYTES, &got)) {
    case READ_SOME:
        c->lingered += got;
        if (c->lingered > LINGER_BYTES)
            connection_close(c);
        return;
    case READ_NONE:
        return;
    case READ_END:
        connection_close(c);
    }
}
