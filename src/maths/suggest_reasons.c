/* suggest_reasons.c - why these two: the same sums as the weight, one by one. */
#include "maths/suggest_place.h"

#include <stddef.h>

struct reasons {
    struct suggest_reason *out;
    uint32_t room, count;
};

/* Heaviest first; of equals the one that came first stays first. */
static void add(struct reasons *r, enum suggest_kind kind, uint32_t what, uint32_t count,
                uint32_t weight)
{
    if (weight == 0)
        return;
    uint32_t at = r->count < r->room ? r->count : r->room;
    r->count++;
    while (at > 0 && r->out[at - 1].weight < weight) {
        if (at < r->room)
            r->out[at] = r->out[at - 1];
        at--;
    }
    if (at < r->room)
        r->out[at] = (struct suggest_reason){ kind, what, count, weight };
}

static void add_tags(struct reasons *r, enum suggest_kind as, const struct kind *worth,
                     const struct kind *a_kind, uint32_t a, const struct kind *b_kind, uint32_t b,
                     float factor)
{
    uint32_t i = a_kind->start[a], i_end = a_kind->start[a + 1];
    uint32_t j = b_kind->start[b], j_end = b_kind->start[b + 1];
    while (i < i_end && j < j_end) {
        uint32_t x = a_kind->tag[i], y = b_kind->tag[j];
        if (x == y)
            add(r, as, x, worth->who_start[x + 1] - worth->who_start[x],
                tag_units(worth->worth[x], factor));
        i += x <= y;
        j += y <= x;
    }
}

static void add_talk(const struct suggest_place *p, struct reasons *r, uint32_t a, uint32_t b)
{
    const struct kind *k = &p->languages;
    uint32_t language = common_language(p, a, b);
    if (language < k->kinds)
        add(r, SUGGEST_LANGUAGE, language, k->who_start[language + 1] - k->who_start[language],
            k->worth[language]);
}

uint32_t suggest_reasons(const struct suggest_place *p, uint32_t a, uint32_t b,
                         struct suggest_reason *out, uint32_t room)
{
    a = p->label_of[a], b = p->label_of[b];
    if (a == b || !could_meet(p, a, b) || have_line(p, a, b))
        return 0;
    const struct card *ca = &p->card[a], *cb = &p->card[b];
    float metres = distance(ca, cb), near = nearness(metres);
    struct reasons r = { out, room, 0 };
    add_tags(&r, SUGGEST_WISH, &p->strengths, &p->wishes, a, &p->strengths, b,
             near * spread(ca->wishes, cb->strengths));
    add_tags(&r, SUGGEST_STRENGTH, &p->strengths, &p->strengths, a, &p->wishes, b,
             near * spread(ca->strengths, cb->wishes));
    add_tags(&r, SUGGEST_INTEREST, &p->interests, &p->interests, a, &p->interests, b,
             near * spread(ca->interests, cb->interests));
    uint32_t aa, friends = common_friends(p, a, b, NULL, 0, &aa);
    if (friends)
        add(&r, SUGGEST_FRIENDS, 0, friends, friends_units(aa, ca->circle, cb->circle));
    if (metres <= p->porch)
        add(&r, SUGGEST_PORCH, 0, (uint32_t)(metres + 0.5f), porch_units(p, metres));
    add_talk(p, &r, a, b);
    return r.count;
}

uint32_t suggest_friends(const struct suggest_place *p, uint32_t a, uint32_t b, uint32_t *out,
                         uint32_t room)
{
    uint32_t aa, count = common_friends(p, p->label_of[a], p->label_of[b], out, room, &aa);
    for (uint32_t i = 0; i < count && i < room; i++)
        out[i] = p->person_of[out[i]];
    return count;
}
