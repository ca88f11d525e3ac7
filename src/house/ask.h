/* ask.h - what a page may ask the vault to open, and how.
 *
 * A page's handler calls ctx_ask with a question. The first time it is told "not yet" and returns
 * ASKED; the vault writes down the look, opens, answers; the handler then runs again from its
 * start and finds the answer. GET handlers change nothing, so running one twice is harmless.
 *
 * Each kind of question has one function that answers it, in the vault, after the route's own
 * rule has been run there again. The table is in src/asks.c. */
#ifndef NABIJ_HOUSE_ASK_H
#define NABIJ_HOUSE_ASK_H

#include "house/ctx.h"

enum ask { ASK_SEALED, ASK_LOOKS, ASK_BUNDLE, ASK_CARD, ASK_COUNT };

/* Writes the answer; anything but OK makes the page NOT_FOUND. */
typedef enum outcome answerer(struct ctx *ctx, struct str question, struct out *answer);

extern answerer *const asks[ASK_COUNT];

/* False: not answered yet, return ASKED. */
bool ctx_ask(struct ctx *ctx, enum ask ask, struct str question, struct str *answer);

#endif
