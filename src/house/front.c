#include "house/front.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "house/ask.h"
#include "house/assets.h"
#include "house/cache.h"
#include "house/link.h"
#include "house/sandbox.h"
#include "house/session.h"
#include "house/views.h"
#include "house/visit.h"
#include "queries.h"

enum {
    BODY_LIMIT = 256 * 1024,
    VISIT_ARENA = 16 * 1024 * 1024,
    PAGE_LIMIT = 8 * 1024 * 1024,
    SEEN_EVERY = MOMENT_MINUTE,
    FREE_VISITS = 64
};

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

/* ---- visits come and go ---- */

static struct visit *visit_take(struct front *front, struct exchange *exchange)
{
    struct visit *visit = front->free;
    if (visit) {
        front->free = visit->next;
        front->free_count--;
    } else {
        visit = memory_new(1, sizeof *visit);
        visit->arena = arena_new(VISIT_ARENA);
        out_open(&visit->page, PAGE_LIMIT);
        out_open(&visit->waiting, CALL_BYTES);
    }
    struct arena *arena = visit->arena;
    struct out page = visit->page, waiting = visit->waiting;
    *visit = (struct visit){ .front = front, .exchange = exchange, .arena = arena };
    visit->page = page;
    visit->waiting = waiting;
    visit->status = 200;
    return visit;
}

static void visit_give(struct visit *visit)
{
    struct front *front = visit->front;
    arena_reset(visit->arena);
    out_clear(&visit->page);
    out_clear(&visit->waiting);
    if (front->free_count >= FREE_VISITS) {
        arena_free(visit->arena);
        out_close(&visit->page);
        out_close(&visit->waiting);
        memory_free(visit);
        return;
    }
    visit->next = front->free;
    front->free = visit;
    front->free_count++;
}

/* One snapshot serves all requests until something was committed. */
static void look_at_now(struct front *front)
{
    uint64_t commits = atomic_load_explicit(front->start->commits, memory_order_acquire);
    if (front->snapshot_of == commits)
        return;
    db_snapshot_end(front->db);
    db_snapshot(front->db);
    front->snapshot_of = commits;
}

/* ---- asking the vault ---- */

static void send_call(struct visit *visit, const struct call *call)
{
    struct front *front = visit->front;
    visit->number = ++front->next_number;
    out_clear(&visit->waiting);
    call_pack(&visit->waiting, call);
    visit->is_waiting = true;
    visit->next = front->waiting;
    front->waiting = visit;
    link_send(front->link, visit->number, out_str(&visit->waiting));
}

static struct call call_of(const struct visit *visit, enum call_kind kind)
{
    const struct ctx *ctx = &visit->ctx;
    return (struct call){ .kind = kind,
                          .path = ctx->path,
                          .session = ctx->session,
                          .before = ctx->before,
                          .address = exchange_peer(visit->exchange),
                          .language = ctx->language->code };
}

static void send_seen(struct visit *visit)
{
    struct call call = call_of(visit, CALL_SEEN);
    struct out bytes;
    out_open(&bytes, CALL_BYTES);
    call_pack(&bytes, &call);
    link_send(visit->front->link, 0, out_str(&bytes)); /* 0: nobody waits for the reply */
    out_close(&bytes);
}

/* ---- making a page ---- */

static void page_done(struct visit *visit, enum outcome outcome)
{
    switch (outcome) {
    case OK:
        visit_answer(visit, visit->status);
        break;
    case REFUSED: /* a rule leads elsewhere, or says why not: no mandate in force, say */
        if (visit->ctx.then.len) {
            visit_redirect(visit, visit->ctx.then);
            break;
        }
        visit_error(visit, 403, MESSAGE_refused_title,
                    visit->ctx.refusal_count ? visit->ctx.refusals[0].message
                                             : MESSAGE_refused_text,
                    STR(""));
        break;
    case BROKEN:
        visit_error(visit, 500, MESSAGE_broken_title, MESSAGE_broken_text,
                    str_keep(visit->arena, str_of(say_broken("%s", visit->ctx.route->path).text)));
        break;
    default:
        visit_error(visit, 404, MESSAGE_not_found_title, MESSAGE_not_found_text, STR(""));
        break;
    }
    visit_give(visit);
}

static void page_run(struct visit *visit)
{
    struct ctx *ctx = &visit->ctx;
    look_at_now(visit->front);
    out_clear(&visit->page);
    ctx->answers_wanted = 0;
    enum outcome outcome = visit->handler(ctx);
    if (outcome != ASKED) {
        page_done(visit, outcome);
        return;
    }
    struct call call = call_of(visit, CALL_ASK);
    const struct asked_answer *wanted = &ctx->answers[ctx->answer_count];
    if (ctx->answers_wanted == 0 || ctx->answer_count >= ANSWERS) {
        page_done(visit, BROKEN);
        return;
    }
    call.ask = wanted->ask;
    call.question = wanted->question;
    /* The vault looks a question up by the page that asks it: a form that comes back after a
     * refusal is asked about under that form's own address. */
    if (exchange_request(visit->exchange)->method == POST)
        call.path = route_path_of(ctx, visit->handler);
    send_call(visit, &call);
}

static void show(struct visit *visit, handler *handler)
{
    visit->handler = handler;
    page_run(visit);
}

static void get(struct visit *visit)
{
    struct ctx *ctx = &visit->ctx;
    enum outcome outcome = ctx->route->may(ctx);
    if (outcome == OK)
        show(visit, ctx->route->run);
    else
        page_done(visit, outcome);
}

/* ---- a form that was sent ---- */

static void post(struct visit *visit)
{
    struct ctx *ctx = &visit->ctx;
    const struct request *request = exchange_request(visit->exchange);
    struct field *fields = ARENA_MANY(visit->arena, FORM_FIELDS, struct field);
    struct str type = request_header(request, STR("content-type"));
    struct str site = request_header(request, STR("sec-fetch-site"));
    size_t count = 0;
    if (site.len && !str_is(site, STR("same-origin")) && !str_is(site, STR("none"))) {
        visit_error(visit, 403, MESSAGE_refused_title, MESSAGE_form_stale, STR(""));
        visit_give(visit);
        return;
    }
    enum form_result result = str_starts(type, STR("application/x-www-form-urlencoded"))
                                  ? form_parse(visit->arena, request->body, fields, &count)
                                  : FORM_ENCODING;
    if (result != FORM_GOOD) {
        visit_error(visit, result == FORM_TOO_MANY ? 413 : 400, MESSAGE_bad_form_title,
                    result == FORM_TOO_MANY ? MESSAGE_bad_form_many : MESSAGE_bad_form_encoding,
                    STR(""));
        visit_give(visit);
        return;
    }
    ctx->fields = fields;
    ctx->field_count = count;
    struct call call = call_of(visit, CALL_ACT);
    call.session = request_cookie(request, STR("__Host-nabij"));
    call.fields = fields;
    call.field_count = count;
    send_call(visit, &call);
}

static void take_refusals(struct ctx *ctx, const struct reply *reply)
{
    ctx->refusal_count = reply->refusal_count;
    memcpy(ctx->refusals, reply->refusals, sizeof ctx->refusals);
}

static void refused(struct visit *visit, const struct reply *reply)
{
    struct ctx *ctx = &visit->ctx;
    take_refusals(ctx, reply);
    visit->status = reply->too_many ? 429 : reply->full ? 507 : 422;
    if (reply->full)
        ctx_refuse(ctx, STR(""), MESSAGE_form_full);
    if (reply->refusal_count == 1 && reply->refusals[0].message == MESSAGE_form_signed_out) {
        visit->status = 401;
        show(visit, form_again);
        return;
    }
    look_at_now(visit->front);
    if (ctx->route->form && ctx->route->may(ctx) == OK) {
        show(visit, ctx->route->form);
        return;
    }
    struct str none = STR("");
    visit_error(visit, visit->status, MESSAGE_refused_title,
                ctx->refusal_count ? ctx->refusals[0].message : MESSAGE_refused_text, none);
    visit_give(visit);
}

static void act_answered(struct visit *visit, const struct reply *reply)
{
    if (reply->outcome == OK) {
        struct out lines;
        out_open(&lines, 4096);
        if (reply->session_made.len)
            out_print(&lines,
                      "Set-Cookie: __Host-nabij=%.*s; Path=/; Secure; HttpOnly; SameSite=Lax; "
                      "Max-Age=7776000\r\n",
                      STR_FMT(reply->session_made));
        if (reply->session_ended)
            out_raw(&lines, STR("Set-Cookie: __Host-nabij=; Path=/; Secure; HttpOnly; "
                                "SameSite=Lax; Max-Age=0\r\n"
                                "Clear-Site-Data: \"cache\", \"storage\"\r\n"));
        if (reply->language.len)
            out_print(&lines,
                      "Set-Cookie: __Host-nabij-language=%.*s; Path=/; Secure; HttpOnly; "
                      "SameSite=Lax; Max-Age=31536000\r\n",
                      STR_FMT(reply->language));
        visit->set_cookies = str_keep(visit->arena, out_str(&lines));
        out_close(&lines);
        visit_redirect(visit, reply->then);
        visit_give(visit);
    } else if (reply->outcome == REFUSED) {
        refused(visit, reply);
    } else if (reply->outcome == BROKEN) {
        visit_error(visit, 500, MESSAGE_broken_title, MESSAGE_broken_text, reply->reference);
        visit_give(visit);
    } else {
        page_done(visit, NOT_FOUND);
    }
}

/* ---- the vault answers ---- */

static void ask_answered(struct visit *visit, const struct reply *reply)
{
    struct ctx *ctx = &visit->ctx;
    if (reply->outcome == REFUSED) { /* could not be logged, so it is not shown */
        visit_error(visit, 507, MESSAGE_refused_title, MESSAGE_form_full, STR(""));
        visit_give(visit);
        return;
    }
    if (reply->outcome != OK) {
        page_done(visit, reply->outcome);
        return;
    }
    ctx->answers[ctx->answer_count++].answer = reply->answer;
    page_run(visit);
}

static struct visit *waiting_take(struct front *front, uint64_t number)
{
    for (struct visit **at = &front->waiting; *at; at = &(*at)->next) {
        struct visit *visit = *at;
        if (visit->number != number)
            continue;
        *at = visit->next;
        visit->next = NULL;
        visit->is_waiting = false;
        return visit;
    }
    return NULL;
}

static void on_reply(uint64_t number, struct str bytes, void *with)
{
    struct front *front = with;
    struct visit *visit = number ? waiting_take(front, number) : NULL;
    struct reply reply;
    if (!visit)
        return;
    if (!reply_unpack(visit->arena, bytes, &reply)) {
        page_done(visit, BROKEN);
        return;
    }
    if (exchange_request(visit->exchange)->method == POST && visit->handler == NULL)
        act_answered(visit, &reply);
    else
        ask_answered(visit, &reply);
}

/* A vault that was restarted knows nothing of what was asked of the one before it. */
static void on_fresh_link(void *with)
{
    struct front *front = with;
    for (struct visit *visit = front->waiting; visit; visit = visit->next)
        link_send(front->link, visit->number, out_str(&visit->waiting));
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
    look_at_now(visit->front);
    visit->for_stranger = token.len == 0;
    bool found = request->method != METHOD_OTHER &&
                 route_find(ctx, request->method, request->path, &slug, &other_method);
    if (found && slug.len)
        found = place_find(ctx, slug);
    if (token.len)
        session_find(ctx, token);
    before_cookie(visit);
    if (!found) {
        page_done(visit, NOT_FOUND);
        return;
    }
    if (!id_is_none(ctx->who.person) && ctx->now.ms - ctx->who.seen.ms > SEEN_EVERY)
        send_seen(visit);
    if (request->method == POST)
        post(visit);
    else
        get(visit);
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
    look_at_now(front);
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
    front->link = link_new(front->server, on_reply, on_fresh_link, front);
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
