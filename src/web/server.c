/* server.c - the loop. */
#include "web/server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/day.h"
#include "base/memory.h"
#include "web/server_inside.h"

static int64_t machine_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* RFC 9110, section 5.6.7; by hand because strftime would speak the machine's language. */
static void write_date(struct server *server, time_t second)
{
    static const char days[] = "SunMonTueWedThuFriSat";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    struct tm tm;
    gmtime_r(&second, &tm);
    snprintf(server->date, sizeof server->date, "%.3s, %02u %.3s %04u %02u:%02u:%02u GMT",
             days + 3 * tm.tm_wday, (unsigned)tm.tm_mday % 100, months + 3 * tm.tm_mon,
             (unsigned)(tm.tm_year + 1900) % 10000, (unsigned)tm.tm_hour % 100,
             (unsigned)tm.tm_min % 100, (unsigned)tm.tm_sec % 100);
}

static void read_clocks(struct server *server)
{
    server->now = server->settings.milliseconds();
    int64_t second = clock_now().ms / 1000;
    if (second != server->date_second) {
        server->date_second = second;
        write_date(server, (time_t)second);
    }
}

static void set_limits(struct server *server)
{
    const struct server_settings *s = &server->settings;
    server->waits[WAIT_IDLE].limit = s->idle_seconds * (int64_t)1000;
    server->waits[WAIT_HEAD].limit = s->head_seconds * (int64_t)1000;
    server->waits[WAIT_BODY].limit = s->body_seconds * (int64_t)1000;
    server->waits[WAIT_TAKE].limit = s->answer_seconds * (int64_t)1000;
    server->waits[WAIT_LINGER].limit = LINGER_SECONDS * (int64_t)1000;
}

struct server *server_open(const struct server_settings *settings)
{
    int epoll = epoll_create1(EPOLL_CLOEXEC), yes = 1;
    if (epoll < 0)
        return NULL;
    struct server *server = memory_new(1, sizeof *server);
    server->settings = *settings;
    if (!settings->milliseconds)
        server->settings.milliseconds = machine_milliseconds;
    server->epoll = epoll;
    server->listener.source = SOURCE_LISTENER;
    server->connections = memory_new(settings->connections, sizeof *server->connections);
    server->scratch = memory_new(SCRATCH_BYTES, 1);
    for (size_t i = 0; i < WATCHES; i++)
        server->watches[i] = (struct watch){ .source = SOURCE_WATCH, .fd = -1 };
    out_open(&server->head, 64 * 1024);
    set_limits(server);
    read_clocks(server);
    server->next_second = server->now + 1000;
    signal(SIGPIPE, SIG_IGN);
    /* Inherited by each connection: an answer goes out in one piece, so there is nothing to wait
     * for. A listener that is not TCP has no such thing. */
    setsockopt(settings->listen_fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    server_listen(server, true);
    return server;
}

static void free_connection(struct connection *c)
{
    if (c->exchange) {
        memory_free(c->exchange->body);
        memory_free(c->exchange);
    }
    if (c->phase != PHASE_GONE)
        close(c->fd);
    memory_free(c->in);
    memory_free(c->out);
}

void server_close(struct server *server)
{
    if (!server)
        return;
    for (size_t i = 0; i < server->connections_used; i++)
        if (server->connections[i].server)
            free_connection(&server->connections[i]);
    while (server->exchanges) {
        struct exchange *ex = server->exchanges;
        server->exchanges = ex->next;
        memory_free(ex);
    }
    while (server->buffer_count)
        memory_free(server->buffers[--server->buffer_count]);
    out_close(&server->head);
    memory_free(server->scratch);
    memory_free(server->connections);
    close(server->epoll);
    memory_free(server);
}

bool server_watch(struct server *server, int fd, void (*ready)(void *with), void *with)
{
    for (size_t i = 0; i < WATCHES; i++) {
        struct watch *watch = &server->watches[i];
        struct epoll_event event = { .events = EPOLLIN, .data.ptr = watch };
        if (watch->fd != -1)
            continue;
        if (epoll_ctl(server->epoll, EPOLL_CTL_ADD, fd, &event) != 0)
            return false;
        *watch = (struct watch){ SOURCE_WATCH, fd, ready, with };
        return true;
    }
    return false;
}

void server_unwatch(struct server *server, int fd)
{
    for (size_t i = 0; i < WATCHES; i++)
        if (server->watches[i].fd == fd && fd >= 0) {
            epoll_ctl(server->epoll, EPOLL_CTL_DEL, fd, &(struct epoll_event){ 0 });
            server->watches[i].fd = -2; /* an event of this round may still point here */
            server->watch_resting = true;
        }
}

void server_every_second(struct server *server, void (*tick)(void *with), void *with)
{
    server->tick = (struct callback){ tick, with };
}

void server_each_round(struct server *server, void (*round)(void *with), void *with)
{
    server->round = (struct callback){ round, with };
}

static void connection_event(struct connection *c, uint32_t events)
{
    if (c->phase == PHASE_GONE)
        return;
    if (events & (EPOLLERR | EPOLLHUP)) {
        connection_close(c);
        return;
    }
    c->ended |= (events & EPOLLRDHUP) != 0;
    c->readable |= (events & (EPOLLIN | EPOLLRDHUP)) != 0;
    connection_drive(c);
}

static void handle(struct server *server, const struct epoll_event *event)
{
    switch (*(enum source *)event->data.ptr) {
    case SOURCE_LISTENER:
        if (server->listener.armed)
            server_accept(server);
        break;
    case SOURCE_CONNECTION:
        connection_event(event->data.ptr, event->events);
        break;
    case SOURCE_WATCH: {
        struct watch *watch = event->data.ptr;
        if (watch->fd >= 0)
            watch->ready(watch->with);
        break;
    }
    }
}

static void go_on(struct server *server)
{
    struct connection *c = server->again;
    server->again = server->again_last = NULL;
    while (c) {
        struct connection *next = c->next;
        c->queued = false;
        connection_drive(c);
        c = next;
    }
}

static void rest_watches(struct server *server)
{
    server->watch_resting = false;
    for (size_t i = 0; i < WATCHES; i++)
        if (server->watches[i].fd == -2)
            server->watches[i].fd = -1;
}

/* Nothing of this round points at them any more. */
static void bury(struct server *server)
{
    struct connection *c = server->dead, *still = NULL;
    server->dead = NULL;
    bool room = c != NULL;
    while (c) {
        struct connection *after = c->after;
        if (c->queued) {
            c->after = still;
            still = c;
        } else {
            c->server = NULL;
            c->next = server->spare;
            server->spare = c;
        }
        c = after;
    }
    server->dead = still;
    if (room && !server->stopping)
        server_listen(server, true);
}

static void each_second(struct server *server)
{
    if (server->now < server->next_second)
        return;
    server->next_second = server->now + 1000;
    if (!server->stopping)
        server_listen(server, true);
    if (server->tick.call)
        server->tick.call(server->tick.with);
}

void server_round(struct server *server, int milliseconds)
{
    struct epoll_event events[EVENTS];
    int64_t most = server->next_second - server->now;
    if (most > milliseconds)
        most = milliseconds;
    int patience = server->again || most <= 0 ? 0 : server_patience(server, (int)most);
    int count = epoll_wait(server->epoll, events, EVENTS, patience);
    read_clocks(server);
    for (int i = 0; i < count; i++)
        handle(server, &events[i]);
    server_late(server);
    go_on(server);
    each_second(server);
    if (server->round.call)
        server->round.call(server->round.with);
    if (server->dead)
        bury(server);
    if (server->watch_resting)
        rest_watches(server);
}

void server_stop(struct server *server)
{
    server->stopping = 1;
}

static void close_idle(struct server *server)
{
    while (server->waits[WAIT_IDLE].first)
        connection_close(server->waits[WAIT_IDLE].first);
    bury(server);
}

void server_run(struct server *server)
{
    while (!server->stopping)
        server_round(server, 1000);
    server_listen(server, false);
    int64_t until = server->now + STOP_SECONDS * 1000;
    close_idle(server);
    while (server->counts.connections_now && server->now < until) {
        server_round(server, 100);
        close_idle(server);
    }
}

struct server_counts server_counts(const struct server *server)
{
    return server->counts;
}
