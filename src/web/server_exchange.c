/* server_exchange.c - one request and its answer, as the caller sees them. */
#include "web/server_inside.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/memory.h"
#include "web/byte_kinds.h"

struct exchange *exchange_take(struct connection *c)
{
    struct server *server = c->server;
    struct exchange *ex = server->exchanges;
    if (ex) {
        server->exchanges = ex->next;
        server->exchange_count--;
    } else {
        ex = memory_new(1, sizeof *ex);
    }
    ex->connection = c;
    ex->kept = NULL;
    ex->body = NULL;
    ex->body_len = ex->body_room = 0;
    ex->chunks = (struct chunked){ 0 };
    ex->head_end = ex->end = 0;
    ex->refused = ex->body_behind_head = ex->peer_known = false;
    c->exchange = ex;
    return ex;
}

void exchange_release(struct exchange *ex)
{
    struct server *server = ex->connection->server;
    ex->connection->exchange = NULL;
    ex->connection = NULL; /* a second answer must not go anywhere */
    if (ex->body)
        memory_free(ex->body);
    ex->body = NULL;
    if (server->exchange_count == POOL_BUFFERS) {
        memory_free(ex);
        return;
    }
    ex->next = server->exchanges;
    server->exchanges = ex;
    server->exchange_count++;
}

const struct request *exchange_request(const struct exchange *ex)
{
    return &ex->request;
}

void exchange_keep(struct exchange *ex, void *mine)
{
    ex->kept = mine;
}

void *exchange_kept(const struct exchange *ex)
{
    return ex->kept;
}

static struct str address_text(const struct connection *c, char *room, size_t size)
{
    static const uint8_t mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
    const char *text = "unix";
    if (c->family == AF_INET)
        text = inet_ntop(AF_INET, c->address, room, (socklen_t)size);
    else if (c->family == AF_INET6 && memcmp(c->address, mapped, sizeof mapped) == 0)
        text = inet_ntop(AF_INET, c->address + sizeof mapped, room, (socklen_t)size);
    else if (c->family == AF_INET6)
        text = inet_ntop(AF_INET6, c->address, room, (socklen_t)size);
    return str_of(text);
}

static bool trusted(const struct server_settings *settings, struct str peer)
{
    struct str rest = settings->trusted_peer, one;
    while (str_split(&rest, ',', &one))
        if (str_is(str_trim(one), peer))
            return true;
    return false;
}

/* The last address in the last X-Forwarded-For is the one our own proxy added; what stands before
 * it is hearsay. Nothing when it is not an address. */
static struct str forwarded_for(const struct request *request)
{
    struct str all = { NULL, 0 }, last = { NULL, 0 };
    for (size_t i = 0; i < request->header_count; i++)
        if (text_same(request->headers[i].name, STR("X-Forwarded-For")))
            all = request->headers[i].value;
    while (str_split(&all, ',', &last))
        ;
    last = str_trim(last);
    char text[48];
    unsigned char bytes[16];
    if (last.len == 0 || last.len >= sizeof text)
        return (struct str){ NULL, 0 };
    memcpy(text, last.at, last.len);
    text[last.len] = 0;
    bool good = inet_pton(AF_INET, text, bytes) == 1 || inet_pton(AF_INET6, text, bytes) == 1;
    return good ? last : (struct str){ NULL, 0 };
}

struct str exchange_peer(const struct exchange *exchange)
{
    /* Worked out once, at the first question. The exchange is ours; const is the caller's. */
    struct exchange *ex = (struct exchange *)(uintptr_t)exchange;
    const struct server_settings *settings = &ex->connection->server->settings;
    if (!ex->peer_known) {
        ex->peer = address_text(ex->connection, ex->peer_text, sizeof ex->peer_text);
        ex->peer_known = true;
        if (settings->behind_proxy && trusted(settings, ex->peer)) {
            struct str from = forwarded_for(&ex->request);
            if (from.at)
                ex->peer = from;
        }
    }
    return ex->peer;
}
