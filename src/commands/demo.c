/* nabij demo - an invented neighbourhood, made through the same acts that people use. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "commands/commands.h"
#include "commands/demo.h"
#include "commands/offline.h"
#include "people/people.h"
#include "places/places.h"
#include "queries.h"

static const char help[] =
    "nabij demo: make a demonstration neighbourhood\n\n"
    "Use: nabij demo [--data DIR]\n\n"
    "Invented people in a place with a real name; nobody's real data. Prints how to sign in as\n"
    "resident, professional and host. Does nothing when the neighbourhood is there already.\n\n"
    "Example:\n  nabij demo --data data && nabij serve --data data\n";

struct demo {
    struct options *options;
    struct vault *vault;
    struct str place;  /* /in/overvecht */
    struct str link;   /* of the card made last */
    struct str failed; /* what did not work, for the message */
};

static enum outcome begin(struct ctx *ctx, void *with)
{
    struct demo *demo = with;
    place_make(ctx, STR(DEMO_SLUG), STR("Overvecht"), STR(DEMO_ABOUT));
    struct id card = card_make(ctx, &(struct card_order){ .kind = CARD_HOST });
    demo->link = card_link_of(ctx, card);
    return OK;
}

struct finding {
    struct id card;
    struct str link;
};

static enum outcome find_link(struct ctx *ctx, void *with)
{
    struct finding *finding = with;
    finding->link = card_link_of(ctx, finding->card);
    return OK;
}

/* One form, sent as this person; the reply's `then`, or an empty text and demo->failed. */
static struct reply act(struct demo *demo, struct str session, struct str path,
                        const struct field *fields, size_t count)
{
    struct reply reply = vault_act(demo->vault, demo->options->arena, path, session, fields, count);
    if (reply.outcome != OK && demo->failed.len == 0)
        demo->failed =
            str_print(demo->options->arena, "%.*s (%d, %.*s)", STR_FMT(path), (int)reply.outcome,
                      STR_FMT(reply.refusal_count ? reply.refusals[0].field : STR("")));
    return reply;
}

#define ACT(demo, session, path, ...)                                                              \
    act((demo), (session), (path), (const struct field[]){ __VA_ARGS__ },                          \
        sizeof((const struct field[]){ __VA_ARGS__ }) / sizeof(struct field))
#define FIELD(name, value)                                                                         \
    {                                                                                              \
        STR(name), (value)                                                                         \
    }

static struct str in_place(struct demo *demo, const char *rest)
{
    return str_print(demo->options->arena, "%.*s%s", STR_FMT(demo->place), rest);
}

static struct id id_after(struct str path, struct str before)
{
    struct id id = { { 0 } };
    size_t at = str_find(path, before);
    if (at < path.len)
        id_read(str_first(str_from(path, at + before.len), ID_LETTERS), &id);
    return id;
}

static struct str enrol_with(struct demo *demo, struct str link, const struct demo_person *person)
{
    struct str path = str_print(demo->options->arena, "/card/%.*s", STR_FMT(link));
    return ACT(demo, STR(""), path, FIELD("first_name", person->called),
               FIELD("public_name", person->called), FIELD("name", person->name),
               FIELD("passphrase", person->passphrase))
        .session_made;
}

/* `maker` prints a card of this kind; the new person enrols with it. */
static struct str enrol_by(struct demo *demo, struct str maker, struct str kind,
                           const struct demo_person *person)
{
    struct finding finding = { 0 };
    struct reply reply = ACT(demo, maker, in_place(demo, "/cards"), FIELD("kind", kind));
    finding.card = id_after(reply.then, STR("/cards/"));
    if (!offline_work(demo->vault, demo->options, find_link, &finding))
        return STR("");
    return enrol_with(demo, finding.link, person);
}

static struct id write_mandate(struct demo *demo, struct str session, const struct demo_mandate *m)
{
    struct arena *arena = demo->options->arena;
    struct day today = moment_day(clock_now());
    struct reply reply =
        ACT(demo, session, in_place(demo, "/mandates"), FIELD("commissioner", m->commissioner),
            FIELD("organisation", m->organisation), FIELD("purpose", m->purpose),
            FIELD("can_do", m->can_do), FIELD("cannot_do", m->cannot_do),
            FIELD("what_i_do", m->what_i_do), FIELD("reads_along", m->reads_along),
            FIELD("starts", day_text(arena, (struct day){ today.n - 30 })),
            FIELD("ends", day_text(arena, (struct day){ today.n + 300 })));
    struct id mandate = id_after(reply.then, STR("/mandates/"));
    struct str path = str_print(arena, "%.*s/mandates/%.*s", STR_FMT(demo->place),
                                STR_FMT(id_text(arena, mandate)));
    act(demo, session, str_print(arena, "%.*s/in-force", STR_FMT(path)), NULL, 0);
    return mandate;
}

static void settle_in(struct demo *demo, struct str session, struct id mandate,
                      const struct demo_person *p)
{
    struct arena *arena = demo->options->arena;
    struct str read = str_print(arena, "%.*s/mandates/%.*s/read", STR_FMT(demo->place),
                                STR_FMT(id_text(arena, mandate)));
    act(demo, session, read, NULL, 0);
    ACT(demo, session, in_place(demo, "/doors"), FIELD("first_name", p->called),
        FIELD("shared", p->shared), FIELD("offer", p->offer), FIELD("wish", p->wish),
        FIELD("story", p->story), FIELD("reach", p->reach));
}

struct people {
    struct id ids[DEMO_RESIDENTS];
    size_t count;
};

/* Residents by the order in which they enrolled. */
static enum outcome list_residents(struct ctx *ctx, void *with)
{
    struct people *people = with;
    struct place place = { 0 };
    struct place_by_slug_row row;
    if (!place_by_slug(ctx->db, ctx->arena, &(struct place_by_slug_in){ STR(DEMO_SLUG) }, &row))
        return NOT_FOUND;
    place.id = row.id;
    struct everybody_rows rows =
        everybody(ctx->db, ctx->arena, &(struct everybody_in){ .place = place.id });
    for (size_t i = 0; i < rows.count && people->count < DEMO_RESIDENTS; i++)
        if (rows.at[i].resident)
            people->ids[people->count++] = rows.at[i].id;
    return OK;
}

static void propose(struct demo *demo, struct str professional, struct id a, struct id b,
                    struct str reason)
{
    struct arena *arena = demo->options->arena;
    ACT(demo, professional, in_place(demo, "/gates"),
        FIELD("left", str_print(arena, "person.%.*s", STR_FMT(id_text(arena, a)))),
        FIELD("right", str_print(arena, "person.%.*s", STR_FMT(id_text(arena, b)))),
        FIELD("hat", STR("2")), FIELD("reason", reason));
}

static bool make_all(struct demo *demo)
{
    struct str sessions[DEMO_RESIDENTS];
    struct people people = { 0 };
    if (!offline_work(demo->vault, demo->options, begin, demo))
        return false;
    demo->place = STR("/in/" DEMO_SLUG);
    struct str host = enrol_with(demo, demo->link, &demo_host);
    struct str professional = enrol_by(demo, host, STR("2"), &demo_professional);
    struct id mandate = write_mandate(demo, professional, &demo_mandate);
    for (size_t i = 0; i < DEMO_RESIDENTS; i++) {
        sessions[i] = enrol_by(demo, professional, STR("1"), &demo_residents[i]);
        if (i + 1 < DEMO_RESIDENTS) /* the last one has just come in: nothing read yet */
            settle_in(demo, sessions[i], mandate, &demo_residents[i]);
    }
    struct str second = enrol_by(demo, host, STR("2"), &demo_second_professional);
    write_mandate(demo, second, &demo_second_mandate);
    ACT(demo, sessions[1], in_place(demo, "/groups"), FIELD("name", STR(DEMO_GROUP)),
        FIELD("about", STR(DEMO_GROUP_ABOUT)));
    struct str ask = str_print(demo->options->arena, "%.*s/mandates/%.*s/ask", STR_FMT(demo->place),
                               STR_FMT(id_text(demo->options->arena, mandate)));
    ACT(demo, sessions[0], ask, FIELD("question", STR(DEMO_QUESTION)));
    if (!offline_work(demo->vault, demo->options, list_residents, &people) ||
        people.count < DEMO_RESIDENTS)
        return false;
    propose(demo, professional, people.ids[0], people.ids[1], STR(DEMO_REASON));
    return demo->failed.len == 0;
}

static void print_sign_ins(struct options *options)
{
    const struct demo_person *all[] = { &demo_residents[0], &demo_residents[1], &demo_professional,
                                        &demo_host };
    static const char *const what[] = { "resident", "resident", "professional", "host" };
    printf("\nThe demonstration neighbourhood: %.*s/in/" DEMO_SLUG "\n\nSign in at %.*s/sign-in\n",
           STR_FMT(options->config.address), STR_FMT(options->config.address));
    for (size_t i = 0; i < 4; i++)
        printf("  %-13s name: %-8.*s passphrase: %.*s\n", what[i], STR_FMT(all[i]->name),
               STR_FMT(all[i]->passphrase));
    printf("\n");
}

struct looking {
    bool there;
};

static enum outcome look(struct ctx *ctx, void *with)
{
    struct place_by_slug_row row;
    ((struct looking *)with)->there =
        place_by_slug(ctx->db, ctx->arena, &(struct place_by_slug_in){ STR(DEMO_SLUG) }, &row);
    return OK;
}

int command_demo(int argc, char **argv)
{
    struct options options;
    struct looking looking = { false };
    switch (options_read(&options, argc, argv, help)) {
    case OPTIONS_HELPED:
        return EXIT_DONE;
    case OPTIONS_WRONG:
        return EXIT_INPUT;
    case OPTIONS_GO:
        break;
    }
    struct demo demo = { .options = &options, .vault = offline_open(&options, true) };
    if (!demo.vault)
        return EXIT_INPUT;
    bool good = offline_work(demo.vault, &options, look, &looking);
    if (good && !looking.there)
        good = make_all(&demo);
    vault_close(demo.vault);
    if (!good) {
        fprintf(stderr, "nabij demo: this did not work: %.*s\n", STR_FMT(demo.failed));
        return EXIT_BROKEN;
    }
    print_sign_ins(&options);
    return EXIT_DONE;
}
