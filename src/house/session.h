/* session.h - from a cookie to a person, in one read. */
#ifndef NABIJ_HOUSE_SESSION_H
#define NABIJ_HOUSE_SESSION_H

#include "house/ctx.h"

/* Fills ctx->place from the slug; false when there is no such place. */
bool place_find(struct ctx *ctx, struct str slug);

/* Fills ctx->who for this place; a stranger when the token is not (or no longer) a session. */
void session_find(struct ctx *ctx, struct str token);

/* The name a session has in the database. */
struct id session_mark(struct str token);

/* The token that every form carries, made from the cookie that came with it. */
struct str session_form_token(struct arena *arena, struct str cookie);

#endif
