/* render.c - a finished page leaves the front. */
#include <string.h>

#include "house/assets.h"
#include "house/views.h"
#include "house/visit.h"
#include "pages.h"

static struct str header_lines(struct visit *visit, struct out *lines, bool cacheable)
{
    const struct ctx *ctx = &visit->ctx;
    out_raw(lines, headers_always);
    out_raw(lines, cacheable ? STR("Cache-Control: no-cache\r\nVary: Cookie, Accept-Language\r\n")
                             : STR("Cache-Control: no-store\r\n"));
    out_print(lines, "Content-Language: %.*s\r\n", STR_FMT(ctx->language->code));
    if (ctx->refresh.len)
        out_print(lines, "Refresh: 0; url=%.*s\r\n", STR_FMT(ctx->refresh));
    if (ctx->file_name.len)
        out_print(lines, "Content-Disposition: attachment; filename=\"%.*s\"\r\n",
                  STR_FMT(ctx->file_name));
    return out_str(lines);
}

void visit_answer(struct visit *visit, int status)
{
    struct ctx *ctx = &visit->ctx;
    struct out lines;
    out_open(&lines, 8192);
    bool cacheable =
        ctx->public_page && !visit->notes.used_form && !ctx_signed_in(ctx) && status == 200;
    struct answer answer = { .status = visit->page.overflow ? 500 : status,
                             .content_type = ctx->content_type.len
                                                 ? ctx->content_type
                                                 : STR("text/html; charset=utf-8"),
                             .headers = header_lines(visit, &lines, cacheable),
                             .body = out_str(&visit->page) };
    if (cacheable)
        visit_remember(visit, &answer);
    if (visit->notes.used_form)
        out_raw(&lines, visit->set_cookies);
    answer.headers = out_str(&lines);
    exchange_answer(visit->exchange, &answer);
    out_close(&lines);
}

void visit_redirect(struct visit *visit, struct str then)
{
    struct out lines;
    out_open(&lines, 8192);
    header_lines(visit, &lines, false);
    out_raw(&lines, visit->set_cookies);
    out_print(&lines, "Location: %.*s\r\n", STR_FMT(then));
    struct answer answer = { .status = 303, .headers = out_str(&lines) };
    exchange_answer(visit->exchange, &answer);
    out_close(&lines);
}

void visit_error(struct visit *visit, int status, enum message title, enum message text,
                 struct str reference)
{
    struct ctx *ctx = &visit->ctx;
    struct error_page view = { .status = status,
                               .title = title,
                               .text = text,
                               .what = ctx->refusal_count ? ctx->refusals[0].what : STR(""),
                               .reference = reference };
    out_clear(&visit->page);
    ctx->content_type = STR("");
    ctx->file_name = STR("");
    error_page(&visit->page, ctx, &view);
    visit_answer(visit, status);
}
