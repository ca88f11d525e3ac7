/* server_inside.h - what the files of the server share; nobody else includes it.
 *
 * A connection that waits for its next request is one struct connection of under 200 bytes: its
 * buffers are back in the pool. A request in hand has a buffer that does not move and an exchange;
 * both live until the answer, also when the client has left (the connection is then `gone`).
 *
 * A connection does one thing at a time, its phase. connection_drive takes it as far as it can
 * go without waiting; epoll is edge-triggered and asked once, at accept, for both directions. */
#ifndef NABIJ_WEB_SERVER_INSIDE_H
#define NABIJ_WEB_SERVER_INSIDE_H

#include <signal.h>

#include "base/out.h"
#include "web/chunked.h"
#include "web/server.h"

enum {
    BUFFER_BYTES = 4096, /* most heads; grows to REQUEST_HEAD_LIMIT and some */
    BUFFER_MOST = REQUEST_HEAD_LIMIT + 4096,
    BODY_ROOM = 256,   /* least room behind a head for a body in chunks */
    POOL_BUFFERS = 64, /* buffers and exchanges kept for the next request */
    SCRATCH_BYTES = 64 * 1024,
    OUT_HIGH = 64 * 1024, /* so much unsent, and no further request is begun */
    TURNS = 32,           /* steps of one connection before others have theirs */
    EVENTS = 128,
    WATCHES = 16,
    LINGER_SECONDS = 10,
    STOP_SECONDS = 2
};
#define LINGER_BYTES ((uint64_t)64 * 1024 * 1024)

/* What an epoll event is about: the first member of each thing registered. */
enum source { SOURCE_LISTENER, SOURCE_CONNECTION, SOURCE_WATCH };

enum phase {
    PHASE_HEAD,   /* between requests, or in the middle of a head */
    PHASE_BODY,   /* the exchange has its head */
    PHASE_ANSWER, /* the exchange is with the caller */
    PHASE_CLOSE,  /* what is left of the answer goes out, then the end */
    PHASE_LINGER, /* said goodbye; what the client still sends is thrown away */
    PHASE_GONE    /* the descriptor is closed */
};

/* What a connection waits for under a clock. One list each: all in it have the same limit, so
 * the first is the one that runs out first. */
enum wait { WAIT_NONE, WAIT_IDLE, WAIT_HEAD, WAIT_BODY, WAIT_TAKE, WAIT_LINGER, WAITS };

struct connection {
    enum source source;
    int fd;
    struct server *server;
    struct connection *before, *after; /* in its wait list */
    struct connection *next;           /* in the list of those to go on with, or dead ones */
    struct exchange *exchange;
    char *in; /* from the pool; NULL when idle */
    char *out;
    size_t out_at, out_len, out_room, taken;
    int64_t since;
    uint64_t lingered;
    uint32_t in_room, in_start, in_end, in_seen;
    uint8_t phase, wait, family;
    bool readable, ended, driven, queued, linger, dying;
    uint8_t address[16];
};

struct exchange {
    struct connection *connection;
    struct exchange *next; /* in the pool */
    void *kept;
    char *body; /* when it did not fit behind the head */
    size_t body_len, body_room;
    struct chunked chunks;
    uint32_t head_end, end; /* in the connection's buffer: of the head, of the whole message */
    bool refused, body_behind_head, peer_known;
    struct str peer;
    char peer_text[48];
    struct request request;
};

struct watch {
    enum source source;
    int fd; /* -1: free; -2: free from the next round on */
    void (*ready)(void *with);
    void *with;
};

struct listener {
    enum source source;
    bool armed;
};

struct wait_list {
    struct connection *first, *last;
    int64_t limit; /* milliseconds */
};

struct callback {
    void (*call)(void *with);
    void *with;
};

struct server {
    struct server_settings settings;
    int epoll;
    volatile sig_atomic_t stopping;
    int64_t now, next_second;
    struct listener listener;
    struct wait_list waits[WAITS];
    struct connection *connections; /* settings.connections of them */
    size_t connections_used;        /* the first so many were ever used */
    struct connection *spare, *dead, *again, *again_last;
    struct exchange *exchanges;
    char *buffers[POOL_BUFFERS];
    size_t buffer_count, exchange_count;
    struct watch watches[WATCHES];
    bool watch_resting;
    struct callback tick, round;
    struct server_counts counts;
    struct out head;
    int64_t date_second;
    char date[32]; /* "Tue, 24 Nov 2026 10:11:12 GMT" */
    char *scratch;
};

/* server_connection.c */
void connection_drive(struct connection *connection);
void connection_go_on(struct connection *connection); /* later in this round */
void connection_close(struct connection *connection);
void connection_refuse(struct connection *connection, int status, const char *why);
void connection_late(struct connection *connection); /* its wait ran out */

/* server_read.c */
enum read_result { READ_SOME, READ_NONE, READ_END };
enum read_result connection_read(struct connection *connection, char *room, size_t size,
                                 size_t *got);
enum read_result connection_read_head(struct connection *connection);
void buffer_give_back(struct connection *connection);
bool buffer_grow(struct connection *connection);
void connection_linger(struct connection *connection);

/* server_body.c */
enum body_result { BODY_WHOLE, BODY_WAITS, BODY_AGAIN, BODY_BAD, BODY_TOO_LARGE, BODY_GONE };
bool body_begin(struct connection *connection);
enum body_result body_read(struct connection *connection, const char **why);

/* server_write.c */
enum write_result { WRITE_ALL, WRITE_BLOCKED, WRITE_BROKEN };
enum write_result connection_flush(struct connection *connection);
void connection_forget_output(struct connection *connection);
enum write_result connection_write(struct connection *connection, struct str head, struct str body,
                                   bool more_follows);

/* server_exchange.c */
struct exchange *exchange_take(struct connection *connection);
void exchange_release(struct exchange *exchange);

/* server_accept.c */
void server_listen(struct server *server, bool yes);
void server_accept(struct server *server);

/* server_wait.c */
void connection_wait(struct connection *connection, enum wait wait, bool renew);
void server_late(struct server *server);
int server_patience(const struct server *server, int most);

#endif
