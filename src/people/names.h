/* names.h - sign-in names: short, without capitals or accents, kept only as a fingerprint. */
#ifndef NABIJ_PEOPLE_NAMES_H
#define NABIJ_PEOPLE_NAMES_H

#include "house/ctx.h"

/* Trimmed and in lower case (ASCII; other letters stay), inner white space folded away. */
struct str name_folded(struct arena *arena, struct str name);

/* What stands in the database for a name. In the vault only: it needs the instance key. */
struct str name_mark(struct ctx *ctx, struct str name);

#endif
