/* looks.c - a resident reads who looked, and takes the proof home. */
#include "base/pack.h"
#include "house/ask.h"
#include "house/keyring.h"
#include "house/vault.h"
#include "insight/views.h"
#include "pages.h"
#include "queries.h"

enum { A_PAGE = 50 };

/* The fields of a look stand in the log under their own names; the page says them in words. */
static const struct {
    const char *name;
    enum message words;
} field_words[] = {
    { "name", MESSAGE_field_name },     { "offer", MESSAGE_field_offer },
    { "story", MESSAGE_field_story },   { "reach", MESSAGE_field_reach },
    { "way-in", MESSAGE_field_way_in },
};

static struct str fields_in_words(struct ctx *ctx, struct str names)
{
    struct out words;
    struct str name;
    out_open(&words, 4096);
    while (str_split(&names, ',', &name)) {
        struct str said = str_trim(name);
        for (size_t i = 0; i < sizeof field_words / sizeof *field_words; i++)
            if (str_is(said, str_of(field_words[i].name)))
                said = ctx_words(ctx, field_words[i].words);
        if (words.len)
            out_raw(&words, STR(", "));
        out_raw(&words, said);
    }
    struct str kept = str_keep(ctx->arena, out_str(&words));
    out_close(&words);
    return kept;
}

static enum message purpose_words(struct str code)
{
    if (str_is(code, STR("connect/1")))
        return MESSAGE_purpose_connect;
    if (str_is(code, STR("contact/1")))
        return MESSAGE_purpose_contact;
    if (str_is(code, STR("restore/1")))
        return MESSAGE_purpose_restore;
    return MESSAGE_purpose_none;
}

enum outcome insight_answer_looks(struct ctx *ctx, struct str question, struct out *answer)
{
    struct seal_key key;
    struct unpack from = { question, false };
    uint64_t before = unpack_number(&from);
    struct looklog_entry *entries = ARENA_MANY(ctx->arena, A_PAGE + 1, struct looklog_entry);
    if (!keyring_find(vault_keyring(ctx->vault), ctx->arena, ctx->who.person, &key))
        return NOT_FOUND;
    size_t count = looklog_list(vault_looklog(ctx->vault), ctx->arena, ctx->who.person, &key,
                                before, A_PAGE + 1, entries);
    pack_number(answer, count);
    for (size_t i = 0; i < count; i++) {
        pack_number(answer, entries[i].seq);
        pack_number(answer, (uint64_t)entries[i].when.ms);
        pack_text(answer, entries[i].body);
    }
    return OK;
}

static struct look_line line_of(struct ctx *ctx, uint64_t seq, struct moment when, struct str body)
{
    struct look_line line = {
        .seq = seq,
        .when = when,
        .who = looklog_field(body, STR("who")),
        .organisation = looklog_field(body, STR("organisation")),
        .version = looklog_field(body, STR("version")),
        .fields = fields_in_words(ctx, looklog_field(body, STR("fields"))),
        .purpose = purpose_words(looklog_field(body, STR("purpose"))),
    };
    if (!id_read(looklog_field(body, STR("mandate")), &line.mandate))
        line.mandate = (struct id){ { 0 } };
    return line;
}

enum outcome insight_show(struct ctx *ctx)
{
    struct out question;
    struct str answer;
    int64_t before = 0;
    struct insight_view view = { 0 };
    if (ctx->word.len && (!str_number(ctx->word, &before) || before < 1))
        return NOT_FOUND;
    out_open(&question, 64);
    pack_number(&question, (uint64_t)before);
    struct str kept = str_keep(ctx->arena, out_str(&question));
    out_close(&question);
    if (!ctx_ask(ctx, ASK_LOOKS, kept, &answer))
        return ASKED;
    struct unpack from = { answer, false };
    uint64_t count = unpack_number(&from);
    view.looks.at = ARENA_MANY(ctx->arena, count < A_PAGE ? count : A_PAGE, struct look_line);
    for (uint64_t i = 0; i < count && i < A_PAGE; i++) {
        uint64_t seq = unpack_number(&from);
        struct moment when = { (int64_t)unpack_number(&from) };
        view.looks.at[view.looks.count++] = line_of(ctx, seq, when, unpack_text(&from));
    }
    if (count > A_PAGE)
        view.older_from = view.looks.at[A_PAGE - 1].seq;
    insight_page(ctx->page, ctx, &view);
    return OK;
}

enum outcome insight_answer_bundle(struct ctx *ctx, struct str question, struct out *answer)
{
    struct seal_key key;
    struct looklog *log = vault_looklog(ctx->vault);
    struct look_bundles_of_in in = { .place = ctx->place.id, .person = ctx->who.person };
    struct look_bundles_of_rows rows = look_bundles_of(ctx->db, ctx->arena, &in);
    uint64_t earlier[16];
    (void)question;
    for (size_t i = 0; i < rows.count; i++)
        earlier[i] = (uint64_t)rows.at[i].size;
    if (!keyring_find(vault_keyring(ctx->vault), ctx->arena, ctx->who.person, &key) ||
        !looklog_bundle(log, ctx->arena, ctx->who.person, &key, earlier, rows.count, answer))
        return BROKEN;
    look_bundle_add(ctx->db, &(struct look_bundle_add_in){ .place = ctx->place.id,
                                                           .person = ctx->who.person,
                                                           .size = (int64_t)looklog_size(log),
                                                           .now = ctx->now });
    return OK;
}

enum outcome insight_bundle_show(struct ctx *ctx)
{
    struct str answer;
    if (!ctx_ask(ctx, ASK_BUNDLE, STR(""), &answer))
        return ASKED;
    ctx->content_type = STR("application/json");
    ctx->file_name = STR("nabij-inzage.json");
    out_raw(ctx->page, answer);
    return OK;
}
