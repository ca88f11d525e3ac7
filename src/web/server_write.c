/* server_write.c - bytes out: straight from the caller's memory when the socket takes them, and
 * a copy of the rest when it does not. */
#include "web/server_inside.h"

#include <errno.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/memory.h"

static void keep(struct connection *c, struct str bytes)
{
    if (bytes.len == 0)
        return;
    if (c->out_len + bytes.len > c->out_room) {
        size_t room = c->out_room ? c->out_room : BUFFER_BYTES;
        while (room < c->out_len + bytes.len)
            room *= 2;
        c->out = memory_grow(c->out, room, 1);
        c->out_room = room;
    }
    memcpy(c->out + c->out_len, bytes.at, bytes.len);
    c->out_len += bytes.len;
}

void connection_forget_output(struct connection *c)
{
    memory_free(c->out);
    c->out = NULL;
    c->out_at = c->out_len = c->out_room = c->taken = 0;
}

/* A client that takes an answer drop by drop gets a new term for each 64 KB only. */
static void some_taken(struct connection *c, size_t taken)
{
    c->taken += taken;
    bool renew = c->taken >= OUT_HIGH;
    if (renew)
        c->taken = 0;
    connection_wait(c, WAIT_TAKE, renew);
}

enum write_result connection_flush(struct connection *c)
{
    while (c->out_at < c->out_len) {
        ssize_t n = write(c->fd, c->out + c->out_at, c->out_len - c->out_at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno != EAGAIN)
            return WRITE_BROKEN;
        if (n < 0) {
            some_taken(c, 0);
            return WRITE_BLOCKED;
        }
        c->out_at += (size_t)n;
        some_taken(c, (size_t)n);
    }
    if (c->out) {
        connection_forget_output(c);
        if (c->wait == WAIT_TAKE)
            connection_wait(c, WAIT_NONE, false);
    }
    return WRITE_ALL;
}

/* With more_follows the bytes wait for the answers of the requests that already came, and go out
 * with them. */
enum write_result connection_write(struct connection *c, struct str head, struct str body,
                                   bool more_follows)
{
    if (c->out_len || more_follows) {
        keep(c, head);
        keep(c, body);
        return c->out_len - c->out_at >= OUT_HIGH ? connection_flush(c) : WRITE_BLOCKED;
    }
    struct iovec both[2] = { { (void *)(uintptr_t)head.at, head.len },
                             { (void *)(uintptr_t)body.at, body.len } };
    ssize_t n;
    do
        n = writev(c->fd, both, body.len ? 2 : 1);
    while (n < 0 && errno == EINTR);
    if (n < 0 && errno != EAGAIN)
        return WRITE_BROKEN;
    size_t sent = n > 0 ? (size_t)n : 0;
    if (sent == head.len + body.len)
        return WRITE_ALL;
    keep(c, str_from(head, sent));
    keep(c, sent > head.len ? str_from(body, sent - head.len) : body);
    some_taken(c, 0);
    return WRITE_BLOCKED;
}
