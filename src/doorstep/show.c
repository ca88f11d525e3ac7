/* show.c - the neighbourhood's page: who works here, on whose assignment, and what is written. */
#include "pages.h"
#include "doorstep/views.h"

enum outcome place_show(struct ctx *ctx)
{
    struct id place = ctx->place.id;
    struct place_view view = {
        .mandates = mandates_in_force(
            ctx->db, ctx->arena,
            &(struct mandates_in_force_in){ .place = place, .today = ctx->today }),
        .articles = articles_of_place(ctx->db, ctx->arena,
                                      &(struct articles_of_place_in){ .place = place }),
        .groups = groups_all(ctx->db, ctx->arena, &(struct groups_all_in){ .place = place }),
    };
    ctx->public_page = true;
    place_page(ctx->page, ctx, &view);
    return OK;
}

/* With one neighbourhood on the machine, its page is the front page. */
enum outcome places_home(struct ctx *ctx)
{
    struct home_view view = { .places = places_all(ctx->db, ctx->arena) };
    ctx->public_page = true;
    if (view.places.count == 1) {
        const struct places_all_row *only = &view.places.at[0];
        ctx->place = (struct place){ only->id, only->slug, only->name, only->about };
        return place_show(ctx);
    }
    home_page(ctx->page, ctx, &view);
    return OK;
}

enum outcome about_show(struct ctx *ctx)
{
    ctx->public_page = true;
    about_page(ctx->page, ctx, ctx);
    return OK;
}

/* For a supervisor outside: it answers, so the front lives and the database can be read. */
enum outcome health_show(struct ctx *ctx)
{
    struct places_all_rows places = places_all(ctx->db, ctx->arena);
    ctx->content_type = STR("application/json");
    out_print(ctx->page, "{\"status\":\"ok\",\"places\":%zu}\n", places.count);
    return OK;
}
