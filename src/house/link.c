#include "house/link.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/out.h"
#include "house/call.h"
#include "web/server.h"

struct link {
    struct server *server;
    void (*on_reply)(uint64_t number, struct str bytes, void *with);
    void (*on_fresh)(void *with);
    void *with;
    int fd;
    struct out outgoing, incoming;
    size_t sent, read;
};

struct link *link_new(struct server *server,
                      void (*on_reply)(uint64_t number, struct str bytes, void *with),
                      void (*on_fresh)(void *with), void *with)
{
    struct link *link = memory_new(1, sizeof *link);
    *link = (struct link){
        .server = server, .on_reply = on_reply, .on_fresh = on_fresh, .with = with, .fd = -1
    };
    out_open(&link->outgoing, (size_t)64 * 1024 * 1024);
    out_open(&link->incoming, (size_t)2 * REPLY_BYTES);
    return link;
}

static void detach(struct link *link)
{
    if (link->fd < 0)
        return;
    server_unwatch(link->server, link->fd);
    close(link->fd);
    link->fd = -1;
    out_clear(&link->outgoing);
    out_clear(&link->incoming);
    link->sent = link->read = 0;
}

void link_free(struct link *link)
{
    detach(link);
    out_close(&link->outgoing);
    out_close(&link->incoming);
    memory_free(link);
}

bool link_up(const struct link *link)
{
    return link->fd >= 0;
}

void link_flush(struct link *link)
{
    while (link->fd >= 0 && link->sent < link->outgoing.len) {
        ssize_t wrote = send(link->fd, link->outgoing.at + link->sent,
                             link->outgoing.len - link->sent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return; /* full: the vault's next reply, or the next second, brings us back */
        link->sent += (size_t)wrote;
    }
    out_clear(&link->outgoing);
    link->sent = 0;
}

void link_send(struct link *link, uint64_t number, struct str bytes)
{
    if (link->fd < 0)
        return; /* asked again when there is a fresh link */
    frame_pack(&link->outgoing, number, bytes);
    link_flush(link);
}

static void hand_out(struct link *link)
{
    struct str stream = str_from(out_str(&link->incoming), link->read), bytes;
    uint64_t number;
    bool bad = false;
    while (frame_take(&stream, REPLY_BYTES, &number, &bytes, &bad)) {
        link->read = (size_t)(stream.at - link->incoming.at);
        link->on_reply(number, bytes, link->with);
        if (link->fd < 0)
            return;
    }
    if (bad) {
        say(SAY_ERROR, "the vault sent something that is not a reply");
        detach(link);
        return;
    }
    if (stream.len && link->read)
        memmove(link->incoming.at, stream.at, stream.len);
    link->incoming.len = stream.len;
    link->read = 0;
}

static void on_ready(void *with)
{
    struct link *link = with;
    for (;;) {
        char *room = out_room(&link->incoming, 64 * 1024);
        ssize_t got = room ? recv(link->fd, room, 64 * 1024, MSG_DONTWAIT) : -1;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) && room)
            break;
        if (got <= 0) {
            detach(link);
            return;
        }
        link->incoming.len += (size_t)got;
        if (got < 64 * 1024)
            break;
    }
    hand_out(link);
    link_flush(link);
}

void link_attach(struct link *link, int fd)
{
    detach(link);
    fcntl(fd, F_SETFL, O_NONBLOCK);
    link->fd = fd;
    server_watch(link->server, fd, on_ready, link);
    link->on_fresh(link->with);
}

enum link_control link_receive_fd(int control, int *fd)
{
    char letter;
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } space;
    struct iovec iov = { &letter, 1 };
    struct msghdr message = { .msg_iov = &iov,
                              .msg_iovlen = 1,
                              .msg_control = space.bytes,
                              .msg_controllen = sizeof space.bytes };
    ssize_t got = recvmsg(control, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
        return LINK_NOTHING;
    if (got <= 0)
        return LINK_CLOSED;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (!header || header->cmsg_type != SCM_RIGHTS)
        return LINK_NOTHING;
    memcpy(fd, CMSG_DATA(header), sizeof *fd);
    return LINK_FD;
}

bool link_send_fd(int control, char letter, int fd)
{
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } space;
    memset(&space, 0, sizeof space);
    struct iovec iov = { &letter, 1 };
    struct msghdr message = { .msg_iov = &iov, .msg_iovlen = 1 };
    if (fd >= 0) {
        message.msg_control = space.bytes;
        message.msg_controllen = sizeof space.bytes;
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(header), &fd, sizeof fd);
    }
    return sendmsg(control, &message, MSG_NOSIGNAL) == 1;
}
