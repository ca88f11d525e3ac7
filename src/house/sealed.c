#include "house/sealed.h"

#include "base/pack.h"
#include "house/ask.h"
#include "house/route.h"
#include "house/vault.h"

bool sealed_open(struct ctx *ctx, const struct sealed_want *wants, size_t count, struct str *plain)
{
    struct out question;
    struct str answer;
    if (count > SEALED_WANTS)
        count = SEALED_WANTS;
    if (count == 0)
        return true;
    out_open(&question, 64 * 1024);
    pack_number(&question, count);
    for (size_t i = 0; i < count; i++) {
        pack_id(&question, wants[i].owner);
        pack_number(&question, (uint64_t)wants[i].kind);
    }
    struct str kept = str_keep(ctx->arena, out_str(&question));
    out_close(&question);
    if (!ctx_ask(ctx, ASK_SEALED, kept, &answer))
        return false;
    struct unpack from = { answer, false };
    for (size_t i = 0; i < count; i++) {
        bool there = unpack_number(&from) == 1;
        struct str text = unpack_text(&from);
        plain[i] = there ? text : (struct str){ NULL, 0 };
    }
    return true;
}

/* The words of a purpose, as they stand in the log: a code that never changes its meaning. */
static struct str purpose_code(const struct ctx *ctx)
{
    switch (ctx->route->purpose) {
    case PURPOSE_CONNECT:
        return STR("connect/1");
    case PURPOSE_CONTACT:
        return STR("contact/1");
    default:
        return STR("none/1");
    }
}

/* One entry in the log for one owner: all the fields that this page shows of them. */
static bool log_look(struct ctx *ctx, struct id owner, const struct mandate_used *under,
                     struct str fields)
{
    struct out body;
    out_open(&body, 4096);
    looklog_put(&body, STR("place"), ctx->place.slug);
    looklog_put(&body, STR("who"), under->holder);
    looklog_put(&body, STR("organisation"), under->organisation);
    looklog_put(&body, STR("mandate"), id_text(ctx->arena, under->id));
    looklog_put(&body, STR("version"), str_print(ctx->arena, "%lld", (long long)under->version));
    looklog_put(&body, STR("purpose"), purpose_code(ctx));
    looklog_put(&body, STR("fields"), fields);
    bool good = !body.overflow && vault_look(ctx, owner, out_str(&body));
    out_close(&body);
    return good;
}

struct opening {
    struct sealed_want want;
    enum seen seen;
    struct mandate_used under;
    struct str plain;
    bool there;
};

static bool log_looks(struct ctx *ctx, struct opening *all, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (all[i].seen != SEEN_BY_MANDATE || !all[i].there)
            continue;
        struct out fields;
        bool first = true;
        for (size_t j = 0; j < i && first; j++)
            first = !(all[j].seen == SEEN_BY_MANDATE && all[j].there &&
                      id_is(all[j].want.owner, all[i].want.owner));
        if (!first)
            continue; /* said together with the earlier one */
        out_open(&fields, 1024);
        for (size_t j = i; j < count; j++) {
            if (all[j].seen != SEEN_BY_MANDATE || !all[j].there ||
                !id_is(all[j].want.owner, all[i].want.owner))
                continue;
            if (fields.len)
                out_raw(&fields, STR(", "));
            out_raw(&fields, str_of(sealed_kinds[all[j].want.kind].name));
        }
        bool good = log_look(ctx, all[i].want.owner, &all[i].under, out_str(&fields));
        out_close(&fields);
        if (!good)
            return false;
    }
    return true;
}

enum outcome sealed_answer(struct ctx *ctx, struct str question, struct out *answer)
{
    struct unpack from = { question, false };
    uint64_t count = unpack_number(&from);
    if (count > SEALED_WANTS)
        return NOT_FOUND;
    struct opening *all = ARENA_MANY(ctx->arena, count, struct opening);
    for (size_t i = 0; i < count; i++) {
        struct opening *o = &all[i];
        o->want.owner = unpack_id(&from);
        uint64_t kind = unpack_number(&from);
        if (kind == 0 || kind >= SEALED_KINDS)
            return NOT_FOUND;
        o->want.kind = (int)kind;
        o->seen = sealed_kinds[kind].may(ctx, o->want.owner, o->want.kind, &o->under);
        o->there = o->seen != SEEN_NOT && vault_unseal(ctx, o->want.owner, o->want.kind, &o->plain);
    }
    if (!unpack_done(&from) || !log_looks(ctx, all, count))
        return REFUSED; /* what cannot be logged is not shown */
    for (size_t i = 0; i < count; i++) {
        pack_number(answer, all[i].there ? 1 : 0);
        pack_text(answer, all[i].there ? all[i].plain : STR(""));
    }
    return OK;
}
