/* server.h - one epoll loop that speaks HTTP/1.1 and nothing else.
 *
 * One thread, no locks. A whole request arrives at `on_request`; the exchange is answered then
 * and there, or later from another event (exchange_answer from inside a watched descriptor's
 * callback). Pipelined requests are answered in order. Everything has a limit: connections,
 * head, body, time for a head, time for a body, time between requests. When the client leaves
 * before the answer, the exchange stays valid until it is answered; the answer goes nowhere.
 *
 * Bodies are gathered up to body_limit; past it the request is refused with 413 through
 * on_refused, so that the page can speak the reader's language, and the rest is read and thrown
 * away for a bounded while so that the client gets to see the answer. */
#ifndef NABIJ_WEB_SERVER_H
#define NABIJ_WEB_SERVER_H

#include "web/request.h"

struct server;
struct exchange;
struct out;

struct answer {
    int status;
    struct str content_type; /* empty: no body and no type */
    struct str headers;      /* whole lines, each ending in CRLF, already checked */
    struct str body;         /* copied (or written out) before exchange_answer returns */
    bool close;
};

struct server_settings {
    int listen_fd; /* non-blocking, listening; shared with other fronts (EPOLLEXCLUSIVE) */
    size_t connections, body_limit;
    int head_seconds, body_seconds; /* for the whole of it, from its first byte */
    int idle_seconds;               /* between requests, and before the first */
    int answer_seconds;             /* for the client to take an answer, each 64 KB of it */
    bool behind_proxy;       /* take X-Forwarded-For's last address from peers in trusted_peer */
    struct str trusted_peer; /* addresses as text, with commas between; "unix" = a local socket */
    void (*on_request)(struct exchange *exchange, void *with);
    /* 400, 408, 413, 414, 431, 501, 505 … The request may be half filled; headers that were
     * parsed are there. It must answer at once; the connection is closed afterwards. NULL: one
     * plain line. */
    void (*on_refused)(struct exchange *exchange, int status, const char *why, void *with);
    void *with;
    int64_t (*milliseconds)(
        void); /* for tests: a clock that never goes back; NULL = the machine's */
};

/* Everything that needs a system call beyond read, writev, accept4, epoll_*, shutdown and close
 * happens here, before the process is confined; broken pipes no longer signal the process. */
struct server *server_open(const struct server_settings *settings);
void server_close(struct server *server);

/* Calls ready(with) when fd can be read or has hung up. At most 16 descriptors. */
bool server_watch(struct server *server, int fd, void (*ready)(void *with), void *with);
void server_unwatch(struct server *server, int fd);

/* Called about once a second, between two events. */
void server_every_second(struct server *server, void (*tick)(void *with), void *with);

/* Called after each round of events and before waiting for the next: the moment to send, in one
 * go, what the requests of this round gathered for somebody else. */
void server_each_round(struct server *server, void (*round)(void *with), void *with);

/* Runs until server_stop; open exchanges are answered first, for at most two seconds. */
void server_run(struct server *server);
void server_stop(struct server *server); /* from a callback or a signal handler */

/* One round: waits at most so long for events and handles them. For tests; server_run is this,
 * again and again. */
void server_round(struct server *server, int milliseconds);

const struct request *exchange_request(const struct exchange *exchange);
struct str exchange_peer(const struct exchange *exchange); /* address as text, no port */

/* Anything of the caller's that belongs to the exchange until it is answered. */
void exchange_keep(struct exchange *exchange, void *mine);
void *exchange_kept(const struct exchange *exchange);

/* Exactly once an exchange. HEAD gets the head only. */
void exchange_answer(struct exchange *exchange, const struct answer *answer);

/* What the loop has seen, for /health and tests. */
struct server_counts {
    uint64_t requests, refused, connections_now, connections_most;
};
struct server_counts server_counts(const struct server *server);

#endif
