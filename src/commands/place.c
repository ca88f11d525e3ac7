/* nabij place - begin a neighbourhood, and print its first host's key card. */
#include <stdio.h>

#include "base/arena.h"
#include "commands/commands.h"
#include "commands/offline.h"
#include "people/people.h"
#include "places/places.h"
#include "queries.h"

static const char help[] =
    "nabij place: begin a neighbourhood\n\n"
    "Use: nabij place --slug SLUG --name NAME [--about TEXT] [--data DIR]\n\n"
    "Makes the place and a key card for its first host: words to type at /card, and a link.\n"
    "Run it again for a place that is there already to get a fresh host card.\n\n"
    "Example:\n  nabij place --slug overvecht --name Overvecht --about 'A quarter of Utrecht'\n";

struct making {
    struct options *options;
    struct str words, link;
};

static enum outcome make(struct ctx *ctx, void *with)
{
    struct making *making = with;
    struct place_by_slug_row there;
    const struct options *options = making->options;
    struct place_by_slug_in in = { .slug = options->slug };
    if (place_by_slug(ctx->db, ctx->arena, &in, &there))
        ctx->place = (struct place){ there.id, there.slug, there.name, there.about };
    else
        place_make(ctx, options->slug, options->name, options->about);
    struct id card = card_make(ctx, &(struct card_order){ .kind = CARD_HOST });
    making->words = card_words_of(ctx, card);
    making->link = card_link_of(ctx, card);
    return OK;
}

int command_place(int argc, char **argv)
{
    struct options options;
    switch (options_read(&options, argc, argv, help)) {
    case OPTIONS_HELPED:
        return EXIT_DONE;
    case OPTIONS_WRONG:
        return EXIT_INPUT;
    case OPTIONS_GO:
        break;
    }
    if (!place_slug_good(options.slug) || options.name.len == 0) {
        fputs("nabij place: expected --slug (2-40 small letters, digits, dashes) and --name.\n",
              stderr);
        return EXIT_INPUT;
    }
    struct vault *vault = offline_open(&options, true);
    struct making making = { .options = &options };
    bool good = vault && offline_work(vault, &options, make, &making);
    vault_close(vault);
    if (!good)
        return EXIT_INPUT;
    printf("A key card for the host of %.*s:\n  %.*s\n  %.*s/card/%.*s\n", STR_FMT(options.name),
           STR_FMT(making.words), STR_FMT(options.config.address), STR_FMT(making.link));
    return EXIT_DONE;
}
