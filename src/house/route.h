/* route.h - one line a page: method, path, who may, what runs.
 *
 * The table itself (src/routes.c) is the audit page: whoever wants to know what can be done here,
 * and by whom, reads that one file. A path is literal segments and at most one each of
 * :place (a place's slug), :id (26 letters) and :word (any one segment). A rule answers OK,
 * NOT_FOUND or NOT_ALLOWED (shown as NOT_FOUND), or REFUSED with a sentence. */
#ifndef NABIJ_HOUSE_ROUTE_H
#define NABIJ_HOUSE_ROUTE_H

#include "house/ctx.h"

typedef enum outcome rule(struct ctx *ctx);
typedef enum outcome handler(struct ctx *ctx);

/* Why a professional looks: stands in the look log with each look that this route causes. */
enum purpose { PURPOSE_NONE, PURPOSE_CONNECT, PURPOSE_CONTACT };

struct route {
    enum method method;
    const char *path;
    rule *may;
    handler *run;
    handler *form; /* POST: the page that comes back filled in when the act is refused */
    enum purpose purpose;
};

extern const struct route routes[];
extern const size_t route_count;

/* Fills ctx->route, ctx->id and ctx->word; *slug is the :place segment or empty. *other_method is
 * set when only the method does not fit. */
bool route_find(struct ctx *ctx, enum method method, struct str path, struct str *slug,
                bool *other_method);

/* The address of the page that `run` makes, for this ctx's place and ids; empty when no GET route
 * has it. */
struct str route_path_of(struct ctx *ctx, handler *run);

#endif
