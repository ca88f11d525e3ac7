/* sealed.h - what is sealed, who may have it opened, and what the look log then says.
 *
 * Every kind of sealed item stands in one table (src/kinds.c): the name that the look log uses,
 * and the rule that says whether and how this reader sees this owner's item. */
#ifndef NABIJ_HOUSE_SEALED_H
#define NABIJ_HOUSE_SEALED_H

#include "house/ctx.h"

enum sealed_kind {
    SEALED_NAME = 1, /* door 1: first name and what we share */
    SEALED_OFFER,    /* door 2: what I offer and wish */
    SEALED_STORY,    /* door 3: my story */
    SEALED_REACH,    /* door 4: how to reach me */
    SEALED_REASON,   /* of a gate: read by both sides alike */
    SEALED_KINDS
};

/* SEEN_NOT is the same as not there. SEEN_BY_MANDATE is logged before it is shown. */
enum seen { SEEN_NOT, SEEN_OWN, SEEN_BY_PEER, SEEN_BY_MANDATE };

struct mandate_used {
    struct id id;
    int64_t version;
    struct str holder, organisation;
};

struct sealed_kind_rule {
    const char *name; /* in the look log */
    enum seen (*may)(struct ctx *ctx, struct id owner, int kind, struct mandate_used *under);
};

extern const struct sealed_kind_rule sealed_kinds[SEALED_KINDS];

struct sealed_want {
    struct id owner;
    int kind;
};

enum { SEALED_WANTS = 200 };

/* For pages: false means return ASKED. plain[i].at is NULL for what is not there for this
 * reader. At most SEALED_WANTS at once. */
bool sealed_open(struct ctx *ctx, const struct sealed_want *wants, size_t count, struct str *plain);

/* Answers ASK_SEALED, in the vault. */
enum outcome sealed_answer(struct ctx *ctx, struct str question, struct out *answer);

#endif
