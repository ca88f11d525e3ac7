/* places.h - a neighbourhood's front door: for strangers, for who takes part, for its host. */
#ifndef NABIJ_PLACES_H
#define NABIJ_PLACES_H

#include "house/ctx.h"
#include "house/route.h"

handler places_home, place_show, about_show, health_show;
handler today_show, host_show;

/* Makes a place; for the command line. The slug: 2-40 small letters, digits and dashes. */
struct id place_make(struct ctx *ctx, struct str slug, struct str name, struct str about);
bool place_slug_good(struct str slug);

#endif
