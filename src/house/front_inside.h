/* front_inside.h - what the front's own files share: front.c (the process, requests that arrive),
 * visit.c (visits come and go, wait for the vault, and are answered). */
#ifndef NABIJ_HOUSE_FRONT_INSIDE_H
#define NABIJ_HOUSE_FRONT_INSIDE_H

#include "house/cache.h"
#include "house/front.h"
#include "house/link.h"
#include "house/visit.h"

struct front {
    const struct front_start *start;
    const struct config *config;
    struct server *server;
    struct db *db;
    struct link *link;
    struct cache *cache;
    struct visit *free, *waiting;
    size_t free_count;
    uint64_t next_number;
    uint64_t snapshot_of; /* the commit count that the open snapshot shows */
    int log_fd;           /* the look log's folder, for /log/ */
};

/* A fresh visit for this exchange; visit_give ends it. */
struct visit *visit_take(struct front *front, struct exchange *exchange);
void visit_give(struct visit *visit);

/* One snapshot serves all requests until something was committed. */
void front_look_at_now(struct front *front);

/* Tells the vault, without waiting, that this session was used. */
void visit_seen(struct visit *visit);

/* Makes the page of ctx->route, or sends its form to the vault. The visit ends by itself. */
void visit_get(struct visit *visit);
void visit_post(struct visit *visit);
void visit_not_found(struct visit *visit);

/* From the vault: a reply to call `number`; and a fresh link, over which what waits is asked
 * again. `with` is the front. */
void visit_reply(uint64_t number, struct str bytes, void *with);
void visit_ask_again(void *with);

#endif
