/* visit.c - a visit from its request to its answer, by way of the vault when it must. */
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "house/ask.h"
#include "house/front_inside.h"
#include "house/views.h"

enum { VISIT_ARENA = 16 * 1024 * 1024, PAGE_LIMIT = 8 * 1024 * 1024, FREE_VISITS = 64 };

/* ---- visits come and go ---- */

struct visit *visit_take(struct front *front, struct exchange *exchange)
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

void visit_give(struct visit *visit)
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

void visit_seen(struct visit *visit)
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
    front_look_at_now(visit->front);
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

void visit_get(struct visit *visit)
{
    struct ctx *ctx = &visit->ctx;
    enum outcome outcome = ctx->route->may(ctx);
    if (outcome == OK)
        show(visit, ctx->route->run);
    else
        page_done(visit, outcome);
}

void visit_not_found(struct visit *visit)
{
    page_done(visit, NOT_FOUND);
}

/* ---- a form that was sent ---- */

void visit_post(struct visit *visit)
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
    front_look_at_now(visit->front);
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

void visit_reply(uint64_t number, struct str bytes, void *with)
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
void visit_ask_again(void *with)
{
    struct front *front = with;
    for (struct visit *visit = front->waiting; visit; visit = visit->next)
        link_send(front->link, visit->number, out_str(&visit->waiting));
}
