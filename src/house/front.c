#include "house/front_inside.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/log.h"
#include "house/assets.h"
#include "house/sandbox.h"
#include "house/session.h"

enum { BODY_LIMIT = 256 * 1024, SEEN_EVERY = MOMENT_MINUTE };

void front_look_at_now(struct front *front)
{
    uint64_t commits = atomic_load_explicit(front->start->commits, memory_order_acquire);
    if (front->snapshot_of == commits)
        return;
    db_snapshot_end(front->db);
    db_snapshot(front->db);
    front->snapshot_of = commits;
}

/* ---- a request arrives ---- */

static const struct language *choose_language(const struct request *request)
{
    struct str codes[8];
    size_t count = language_count < 8 ? language_count : 8;
    struct str chosen = request_cookie(request, STR("__Host-nabij-language"));
    for (size_t i = 0; i < count; i++) {
        codes[i] = languages[i].code;
        if (str_is(chosen, codes[i]))
            return &languages[i];
    }
    return &languages[language_choose(request_header(request, STR("accept-language")), codes,
                                      count)];
}

static void fill(struct visit *visit, const struct request *request)
{
    struct front *front = visit->front;
    visit->ctx = (struct ctx){ .arena = visit->arena,
                               .db = front->db,
                               .config = front->config,
                               .now = clock_now(),
                               .language = choose_language(request),
                               .path = request->path,
                               .page = &visit->page,
                               .notes = &visit->notes,
                               .before = request_cookie(request, STR("__Host-nabij-before")) };
    visit->ctx.today = moment_day(visit->ctx.now);
    visit->head = request->method == HEAD;
}

/* Forms of people without a session carry a token made from this cookie. */
static void before_cookie(struct visit *visit)
{
    struct ctx *ctx = &visit->ctx;
    struct id good;
    if (id_read(ctx->before, &good))
        return;
    ctx->before = id_text(visit->arena, id_new());
    visit->set_cookies = str_print(visit->arena,
                                   "Set-Cookie: __Host-nabij-before=%.*s; Path=/; Secure; "
                                   "HttpOnly; SameSite=Lax\r\n",
                                   STR_FMT(ctx->before));
}

static void route(struct visit *visit, const struct request *request)
{
    struct ctx *ctx = &visit->ctx;
    struct str slug, token = request_cookie(request, STR("__Host-nabij"));
    bool other_method;
    front_look_at_now(visit->front);
    visit->for_stranger = token.len == 0;
    bool found = request->method != METHOD_OTHER &&
                 route_find(ctx, request->method, request->path, &slug, &other_method);
    if (found && slug.len)
        found = place_find(ctx, slug);
    if (token.len)
        session_find(ctx, token);
    before_cookie(visit);
    if (!found) {
        visit_not_found(visit);
        return;
    }
    if (!id_is_none(ctx->who.person) && ctx->now.ms - ctx->who.seen.ms > SEEN_EVERY)
        visit_seen(visit);
    if (request->method == POST)
        visit_post(visit);
    else
        visit_get(visit);
}

static void on_request(struct exchange *exchange, void *with)
{
    struct front *front = with;
    const struct request *request = exchange_request(exchange);
    if (assets_serve(exchange, request, front->log_fd))
        return;
    struct visit *visit = visit_take(front, exchange);
    fill(visit, request);
    struct cache_key key = { request->path, visit->ctx.language->code, visit->ctx.today };
    uint64_t commits = atomic_load_explicit(front->start->commits, memory_order_acquire);
    bool plain = request->method == GET && request->query.len == 0 &&
                 request_cookie(request, STR("__Host-nabij")).len == 0;
    if (plain && cache_answer(front->cache, &key, commits, exchange)) {
        visit_give(visit);
        return;
    }
    route(visit, request);
}

static void on_refused(struct exchange *exchange, int status, const char *why, void *with)
{
    struct front *front = with;
    struct visit *visit = visit_take(front, exchange);
    fill(visit, exchange_request(exchange));
    say(SAY_DEBUG, "refused a request: %d %s", status, why);
    if (status == 413)
        visit_error(visit, status, MESSAGE_bad_form_title, MESSAGE_bad_form_large, STR(""));
    else
        visit_error(visit, status, MESSAGE_bad_form_title, MESSAGE_bad_request, STR(""));
    visit_give(visit);
}

void visit_remember(struct visit *visit, const struct answer *answer)
{
    struct front *front = visit->front;
    const struct request *request = exchange_request(visit->exchange);
    struct cache_key key = { request->path, visit->ctx.language->code, visit->ctx.today };
    if (visit->for_stranger && request->query.len == 0)
        cache_keep(front->cache, &key, front->snapshot_of, answer);
}

/* ---- the process ---- */

static void on_control(void *with)
{
    struct front *front = with;
    int fd;
    switch (link_receive_fd(front->start->control_fd, &fd)) {
    case LINK_FD:
        link_attach(front->link, fd);
        break;
    case LINK_CLOSED:
        server_unwatch(front->server, front->start->control_fd);
        server_stop(front->server);
        break;
    case LINK_NOTHING:
        break;
    }
}

/* An idle front does not hold on to an old moment: the log behind it could not be tidied. */
static void on_second(void *with)
{
    struct front *front = with;
    uint64_t commits = atomic_load_explicit(front->start->commits, memory_order_acquire);
    if (front->snapshot_of != commits) {
        db_snapshot_end(front->db);
        front->snapshot_of = UINT64_MAX;
    }
    link_flush(front->link);
}

static bool open_all(struct front *front, struct arena *arena)
{
    const char *why = NULL;
    char *path = config_path(front->config, arena, "nabij.db");
    front->db = db_open(path, DB_READS, &why);
    if (!front->db) {
        say(SAY_ERROR, "%s", why);
        return false;
    }
    front->log_fd =
        open(config_path(front->config, arena, "log"), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    front->snapshot_of = UINT64_MAX;
    front_look_at_now(front);
    front->cache = cache_new();
    struct server_settings settings = {
        .listen_fd = front->start->listen_fd,
        .connections = (size_t)front->config->connections,
        .body_limit = BODY_LIMIT,
        .head_seconds = 10,
        .body_seconds = 30,
        .idle_seconds = 60,
        .answer_seconds = 60,
        .behind_proxy = front->config->trusted_proxy.len > 0,
        .trusted_peer = front->config->trusted_proxy,
        .on_request = on_request,
        .on_refused = on_refused,
        .with = front,
    };
    front->server = server_open(&settings);
    front->link = link_new(front->server, visit_reply, visit_ask_again, front);
    return front->server &&
           server_watch(front->server, front->start->control_fd, on_control, front);
}

int front_run(const struct front_start *start)
{
    static struct front front;
    struct arena *arena = arena_new(1024 * 1024);
    front.start = start;
    front.config = start->config;
    if (!open_all(&front, arena) || !sandbox_front(start->config, arena))
        return 70;
    server_every_second(front.server, on_second, &front);
    server_run(front.server);
    link_free(front.link);
    server_close(front.server);
    db_snapshot_end(front.db);
    db_close(front.db);
    cache_free(front.cache);
    arena_free(arena);
    return 0;
}
