/* today.c - one page that ends: what asks for attention today. And the host's: health, no content.
 */
#include "base/pack.h"
#include "gates/gates.h"
#include "house/sealed.h"
#include "mandates/mandates.h"
#include "pages.h"
#include "doorstep/views.h"

static void read_mandates(struct ctx *ctx, struct today_view *view)
{
    struct mandates_of_contacts_in in = { .place = ctx->place.id,
                                          .resident = ctx->who.person,
                                          .today = ctx->today };
    struct mandates_of_contacts_rows rows = mandates_of_contacts(ctx->db, ctx->arena, &in);
    view->mandates.at = ARENA_MANY(ctx->arena, rows.count, struct today_mandate);
    view->mandates.count = rows.count;
    for (size_t i = 0; i < rows.count; i++)
        view->mandates.at[i] = (struct today_mandate){
            .id = rows.at[i].id,
            .holder = rows.at[i].holder,
            .commissioner = rows.at[i].commissioner,
            .ends = rows.at[i].ends,
            .changed = rows.at[i].read_version > 0 && rows.at[i].read_version < rows.at[i].version,
        };
}

static void read_questions(struct ctx *ctx, struct today_view *view)
{
    struct questions_waiting_in in = { .place = ctx->place.id, .holder = ctx->who.person };
    struct questions_waiting_rows rows = questions_waiting(ctx->db, ctx->arena, &in);
    view->questions.at = ARENA_MANY(ctx->arena, rows.count, struct today_question);
    view->questions.count = rows.count;
    for (size_t i = 0; i < rows.count; i++)
        view->questions.at[i] =
            (struct today_question){ rows.at[i].id, rows.at[i].asked, rows.at[i].due,
                                     rows.at[i].due.ms < ctx->now.ms };
}

enum outcome today_show(struct ctx *ctx)
{
    struct today_view view = { .name = ctx->who.public_name };
    struct mandate_used mandate;
    if (ctx->who.resident) {
        struct sealed_want want = { ctx->who.person, SEALED_NAME };
        struct str door = STR("");
        if (!sealed_open(ctx, &want, 1, &door))
            return ASKED;
        view.name = str_first(door, str_find(door, STR("\n")));
        view.gates_waiting = gates_waiting_for(ctx, ctx->who.person);
        read_mandates(ctx, &view);
    }
    if (ctx->who.professional) {
        view.needs_mandate = !mandate_in_force(ctx, ctx->who.person, &mandate);
        read_questions(ctx, &view);
    }
    today_page(ctx->page, ctx, &view);
    return OK;
}

struct str safe_count(struct ctx *ctx, int64_t count)
{
    if (count < 10)
        return STR("<10");
    return str_print(ctx->arena, "%lld", (long long)((count + 2) / 5 * 5));
}

enum outcome host_show(struct ctx *ctx)
{
    struct place_counts_row counts = { 0 };
    place_counts(ctx->db, ctx->arena,
                 &(struct place_counts_in){ .place = ctx->place.id, .today = ctx->today }, &counts);
    struct host_view view = { .residents = safe_count(ctx, counts.residents),
                              .gates_open = safe_count(ctx, counts.gates_open),
                              .professionals = counts.professionals,
                              .hosts = counts.hosts,
                              .in_force = counts.in_force,
                              .articles = counts.articles };
    host_page(ctx->page, ctx, &view);
    return OK;
}
