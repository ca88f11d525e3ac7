/* visit.h - one exchange on its way through the front (house/front.c, house/render.c). */
#ifndef NABIJ_HOUSE_VISIT_H
#define NABIJ_HOUSE_VISIT_H

#include "house/call.h"
#include "house/route.h"
#include "web/server.h"

struct front;

struct visit {
    struct front *front;
    struct exchange *exchange;
    struct arena *arena;
    struct ctx ctx;
    struct out page;
    struct page_notes notes;
    handler *handler; /* the page being made: the route's own, or a refused form's */
    int status;       /* 200, or 422 when a form comes back */
    bool head;
    bool for_stranger;      /* came without a session cookie */
    struct str set_cookies; /* whole header lines */
    uint64_t number;        /* of the call it waits for */
    struct out waiting;     /* that call, packed: asked again when the vault was restarted */
    bool is_waiting;
    struct visit *next; /* in the free list or in the list of who waits */
};

/* Sends the finished page. */
void visit_answer(struct visit *visit, int status);
void visit_redirect(struct visit *visit, struct str then);

/* The page for what is not there, may not be seen, was too much, or broke. Same for everybody. */
/* Keeps a finished public page for the next stranger (house/front.c). */
void visit_remember(struct visit *visit, const struct answer *answer);

void visit_error(struct visit *visit, int status, enum message title, enum message text,
                 struct str reference);

#endif
