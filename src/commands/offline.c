#include "commands/offline.h"

#include <stdio.h>

#include "house/session.h"
#include "queries.h"

struct vault *offline_open(struct options *options, bool may_make)
{
    const char *why = "";
    struct vault *vault = vault_open(options->arena, &options->config, may_make, &why);
    if (!vault)
        fprintf(stderr, "nabij: %s.\n", why);
    return vault;
}

bool offline_place(struct options *options, struct ctx *ctx)
{
    if (options->slug.len) {
        if (place_find(ctx, options->slug))
            return true;
        fprintf(stderr, "nabij: there is no place '%.*s' here.\n", STR_FMT(options->slug));
        return false;
    }
    struct places_all_rows all = places_all(ctx->db, ctx->arena);
    if (all.count == 1)
        return place_find(ctx, all.at[0].slug);
    fprintf(stderr, all.count ? "nabij: there are several places; say which with --slug.\n"
                              : "nabij: there is no place yet; `nabij place` makes one.\n");
    return false;
}

bool offline_work(struct vault *vault, struct options *options,
                  enum outcome (*work)(struct ctx *ctx, void *with), void *with)
{
    struct ctx ctx;
    enum outcome outcome = BROKEN;
    vault_begin(vault, options->arena, &ctx);
    outcome = work(&ctx, with);
    return vault_finish(vault, outcome == OK) && outcome == OK;
}
