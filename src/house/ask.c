#include "house/ask.h"

bool ctx_ask(struct ctx *ctx, enum ask ask, struct str question, struct str *answer)
{
    for (size_t i = 0; i < ctx->answer_count; i++) {
        const struct asked_answer *have = &ctx->answers[i];
        if (have->ask == (int)ask && str_is(have->question, question)) {
            *answer = have->answer;
            return true;
        }
    }
    size_t next = ctx->answer_count + ctx->answers_wanted;
    if (next < ANSWERS) {
        ctx->answers[next] = (struct asked_answer){ (int)ask, question, STR("") };
        ctx->answers_wanted++;
    }
    return false;
}
