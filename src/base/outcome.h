/* outcome.h - how a piece of work ended.
 *
 * REFUSED comes with a sentence for a person (ctx_refuse in house/ctx.h): what happened, why,
 * what now. NOT_ALLOWED is shown exactly as NOT_FOUND: what you may not see does not exist.
 * ASKED is for pages only: the page wants something opened that the vault must open first; it
 * is run again, from its start, when the vault has answered. */
#ifndef NABIJ_BASE_OUTCOME_H
#define NABIJ_BASE_OUTCOME_H

enum outcome { OK, NOT_FOUND, NOT_ALLOWED, REFUSED, BROKEN, ASKED };

#endif
