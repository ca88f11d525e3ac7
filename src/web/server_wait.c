/* server_wait.c - who has waited long enough. */
#include "web/server_inside.h"

static void leave(struct connection *c)
{
    struct wait_list *list = &c->server->waits[c->wait];
    if (c->before)
        c->before->after = c->after;
    else
        list->first = c->after;
    if (c->after)
        c->after->before = c->before;
    else
        list->last = c->before;
    c->before = c->after = NULL;
    c->wait = WAIT_NONE;
}

static void join(struct connection *c, enum wait wait)
{
    struct wait_list *list = &c->server->waits[wait];
    c->before = list->last;
    c->after = NULL;
    if (list->last)
        list->last->after = c;
    else
        list->first = c;
    list->last = c;
    c->wait = (uint8_t)wait;
    c->since = c->server->now;
}

/* `renew` starts the time anew when it was already waiting for this. A busy connection comes by
 * here after every request, so less than a tenth of a second is not worth the moving. */
void connection_wait(struct connection *c, enum wait wait, bool renew)
{
    if (c->wait == wait && (!renew || c->server->now - c->since < 100))
        return;
    if (c->wait != WAIT_NONE)
        leave(c);
    if (wait != WAIT_NONE)
        join(c, wait);
}

void server_late(struct server *server)
{
    for (int wait = WAIT_IDLE; wait < WAITS; wait++) {
        struct wait_list *list = &server->waits[wait];
        while (list->first && server->now - list->first->since >= list->limit) {
            struct connection *c = list->first;
            leave(c);
            connection_late(c);
        }
    }
}

/* Milliseconds until the next one is late. */
int server_patience(const struct server *server, int most)
{
    int64_t least = most;
    for (int wait = WAIT_IDLE; wait < WAITS; wait++) {
        const struct wait_list *list = &server->waits[wait];
        int64_t left = list->first ? list->first->since + list->limit - server->now : most;
        if (left < least)
            least = left < 0 ? 0 : left;
    }
    return (int)least;
}
