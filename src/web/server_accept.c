/* server_accept.c - letting people in, and sharing them fairly with the other fronts. */
#include "web/server_inside.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"

void server_listen(struct server *server, bool yes)
{
    struct epoll_event event = { .events = EPOLLIN | EPOLLEXCLUSIVE,
                                 .data.ptr = &server->listener };
    if (server->listener.armed == yes)
        return;
    epoll_ctl(server->epoll, yes ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, server->settings.listen_fd,
              &event);
    server->listener.armed = yes;
}

static struct connection *connection_take(struct server *server)
{
    struct connection *c = server->spare;
    if (c) {
        server->spare = c->next;
        *c = (struct connection){ 0 };
        return c;
    }
    if (server->connections_used == server->settings.connections)
        return NULL;
    return &server->connections[server->connections_used++];
}

static void remember_address(struct connection *c, const struct sockaddr_storage *from)
{
    c->family = (uint8_t)from->ss_family;
    if (from->ss_family == AF_INET)
        memcpy(c->address, &((const struct sockaddr_in *)from)->sin_addr, 4);
    else if (from->ss_family == AF_INET6)
        memcpy(c->address, &((const struct sockaddr_in6 *)from)->sin6_addr, 16);
}

static void begin(struct server *server, int fd, const struct sockaddr_storage *from)
{
    struct connection *c = connection_take(server);
    struct epoll_event event = { .events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
                                 .data.ptr = c };
    if (!c || epoll_ctl(server->epoll, EPOLL_CTL_ADD, fd, &event) != 0) {
        close(fd);
        if (c) {
            c->next = server->spare;
            server->spare = c;
        }
        return;
    }
    c->source = SOURCE_CONNECTION;
    c->server = server;
    c->fd = fd;
    remember_address(c, from);
    uint64_t now = ++server->counts.connections_now;
    if (now > server->counts.connections_most)
        server->counts.connections_most = now;
    c->readable = true; /* often the request came along */
    connection_wait(c, WAIT_IDLE, false);
    connection_drive(c);
}

/* Full: the one that has been idle longest makes room, if it was idle for a second. */
static bool make_room(struct server *server)
{
    if (server->spare || server->connections_used < server->settings.connections)
        return true;
    struct connection *oldest = server->waits[WAIT_IDLE].first;
    if (oldest && server->now - oldest->since >= 1000)
        connection_close(oldest);
    return false; /* its place is free after this round */
}

/* The descriptors are used up, or the kernel is out of memory: existing visitors are served and
 * the door is tried again in a second. */
static void no_more(struct server *server)
{
    say(SAY_WARNING, "cannot accept connections: %s; trying again in a second", strerror(errno));
    server_listen(server, false);
}

/* One at a time, so that another front can take the next. Of those who wait for the same door the
 * kernel always wakes the first, so after taking one we go and stand at the end of the row. */
void server_accept(struct server *server)
{
    struct sockaddr_storage from = { .ss_family = AF_UNSPEC };
    socklen_t size = sizeof from;
    if (!make_room(server)) {
        server_listen(server, false);
        return;
    }
    int fd = accept4(server->settings.listen_fd, (struct sockaddr *)&from, &size,
                     SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
            no_more(server);
        return;
    }
    begin(server, fd, &from);
    server_listen(server, false);
    server_listen(server, true);
}
