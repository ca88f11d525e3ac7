/* insight.h - who looked at what of mine, when, and under which mandate; and proof of it. */
#ifndef NABIJ_INSIGHT_H
#define NABIJ_INSIGHT_H

#include "house/ctx.h"
#include "house/route.h"

handler insight_show, insight_bundle_show;

/* Answer ASK_LOOKS and ASK_BUNDLE, in the vault: always about the person who asks. */
enum outcome insight_answer_looks(struct ctx *ctx, struct str question, struct out *answer);
enum outcome insight_answer_bundle(struct ctx *ctx, struct str question, struct out *answer);

#endif
