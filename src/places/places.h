/* places.h - a neighbourhood: the tenant that every record belongs to. */
#ifndef NABIJ_PLACES_H
#define NABIJ_PLACES_H

#include "house/ctx.h"

/* Makes a place; for the command line. The slug: 2-40 small letters, digits and dashes. */
struct id place_make(struct ctx *ctx, struct str slug, struct str name, struct str about);
bool place_slug_good(struct str slug);

#endif
