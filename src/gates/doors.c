/* doors.c - what I keep behind my doors, small and large. */
#include "gates/views.h"
#include "house/vault.h"
#include "pages.h"

enum { NAME = 60, SHARED = 300, TEXT = 1000, STORY = 4000 };

struct str door_first(struct str door)
{
    return str_first(door, str_find(door, STR("\n")));
}

struct str door_second(struct str door)
{
    return str_from(door, str_find(door, STR("\n")) + 1);
}

static struct input input_of(const char *name, enum message label, enum message hint,
                             struct str value, int rows)
{
    return (struct input){ .name = str_of(name),
                           .label = label,
                           .hint = hint,
                           .value = value,
                           .rows = rows,
                           .optional = true };
}

enum outcome doors_show(struct ctx *ctx)
{
    struct id me = ctx->who.person;
    struct sealed_want wants[DOORS] = {
        { me, SEALED_NAME }, { me, SEALED_OFFER }, { me, SEALED_STORY }, { me, SEALED_REACH }
    };
    struct str doors[DOORS];
    if (!sealed_open(ctx, wants, DOORS, doors))
        return ASKED;
    struct doors_view view = {
        .first_name = { .name = STR("first_name"),
                        .label = MESSAGE_door_first_name,
                        .value = door_first(doors[0]) },
        .shared = input_of("shared", MESSAGE_door_shared, MESSAGE_door_shared_hint,
                           door_second(doors[0]), 2),
        .offer =
            input_of("offer", MESSAGE_door_offer, MESSAGE_door_offer_hint, door_first(doors[1]), 2),
        .wish =
            input_of("wish", MESSAGE_door_wish, MESSAGE_door_wish_hint, door_second(doors[1]), 2),
        .story = input_of("story", MESSAGE_door_story, MESSAGE_door_story_hint, doors[2], 6),
        .reach = input_of("reach", MESSAGE_door_reach, MESSAGE_door_reach_hint, doors[3], 2),
    };
    doors_page(ctx->page, ctx, &view);
    return OK;
}

/* The first half of a door is one line: what was typed over several lines is joined. */
static struct str one_line(struct ctx *ctx, struct str text)
{
    char *line = str_zero(ctx->arena, text);
    for (size_t i = 0; i < text.len; i++)
        if (line[i] == '\n')
            line[i] = ' ';
    return (struct str){ line, text.len };
}

enum outcome doors_change(struct ctx *ctx)
{
    struct id me = ctx->who.person;
    struct str name = form_text(ctx, STR("first_name"), 1, NAME);
    struct str shared = form_text(ctx, STR("shared"), 0, SHARED);
    struct str offer = form_text(ctx, STR("offer"), 0, TEXT);
    struct str wish = form_text(ctx, STR("wish"), 0, TEXT);
    struct str story = form_text(ctx, STR("story"), 0, STORY);
    struct str reach = form_text(ctx, STR("reach"), 0, SHARED);
    if (ctx->refusal_count)
        return REFUSED;
    vault_seal(ctx, me, SEALED_NAME,
               str_print(ctx->arena, "%.*s\n%.*s", STR_FMT(one_line(ctx, name)), STR_FMT(shared)));
    vault_seal(ctx, me, SEALED_OFFER,
               str_print(ctx->arena, "%.*s\n%.*s", STR_FMT(one_line(ctx, offer)), STR_FMT(wish)));
    vault_seal(ctx, me, SEALED_STORY, story);
    vault_seal(ctx, me, SEALED_REACH, reach);
    return ctx_then(ctx, "/in/%.*s/today", STR_FMT(ctx->place.slug));
}
