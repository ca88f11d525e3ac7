/* make.c - a neighbourhood begins. */
#include "places/places.h"
#include "queries.h"

static bool small_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool place_slug_good(struct str slug)
{
    if (slug.len < 2 || slug.len > 40 || !small_letter_or_digit(slug.at[0]))
        return false;
    for (size_t i = 0; i < slug.len; i++)
        if (!small_letter_or_digit(slug.at[i]) && slug.at[i] != '-')
            return false;
    return true;
}

struct id place_make(struct ctx *ctx, struct str slug, struct str name, struct str about)
{
    struct id id = id_new();
    place_add(ctx->db, &(struct place_add_in){
                           .id = id, .slug = slug, .name = name, .about = about, .now = ctx->now });
    ctx->place = (struct place){ id, slug, name, about };
    return id;
}
