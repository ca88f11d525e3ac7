/* suggest_tags.c - languages, strengths, wishes and interests: who has what, and its worth. */
#include "base/memory.h"
#include "maths/suggest_place.h"
#include "maths/suggest_threads.h"

/* A person's tags, sorted and without doubles, in label order. */
static void copy_lists(struct suggest_place *p, const struct suggest_tags *from, struct kind *to)
{
    uint32_t kept = 0;
    to->kinds = from->kinds;
    to->start = place_new(p, (uint64_t)p->count + 1, sizeof *to->start);
    to->tag = place_new(p, p->count ? from->start[p->count] : 0, sizeof *to->tag);
    for (uint32_t label = 0; label < p->count; label++) {
        uint32_t person = p->person_of[label], first = kept;
        uint32_t length = from->start[person + 1] - from->start[person];
        for (uint32_t i = 0; i < length; i++)
            to->tag[first + i] = from->tag[from->start[person] + i];
        suggest_sort(to->tag + first, length);
        for (uint32_t i = 0; i < length; i++)
            if (i == 0 || to->tag[first + i] != to->tag[first + i - 1])
                to->tag[kept++] = to->tag[first + i];
        to->start[label + 1] = kept;
    }
}

static void list_who(struct suggest_place *p, struct kind *k)
{
    uint32_t total = k->start[p->count];
    k->who_start = place_new(p, (uint64_t)k->kinds + 2, sizeof *k->who_start);
    k->who = place_new(p, total, sizeof *k->who);
    for (uint32_t i = 0; i < total; i++)
        k->who_start[k->tag[i] + 2]++;
    for (uint32_t t = 0; t < k->kinds; t++)
        k->who_start[t + 2] += k->who_start[t + 1];
    for (uint32_t label = 0; label < p->count; label++)
        for (uint32_t i = k->start[label]; i < k->start[label + 1]; i++)
            k->who[k->who_start[k->tag[i] + 1]++] = label;
}

/* r(n) of suggest.h. */
static double rarity(uint32_t people, uint32_t have)
{
    if (people < 2 || have < 1)
        return 0.05;
    double rare = log((double)people / have) / log((double)people);
    return rare < 0.05 ? 0.05 : rare;
}

static void weigh_tags(struct suggest_place *p, struct kind *k, double base, double more)
{
    k->worth = place_new(p, k->kinds, sizeof *k->worth);
    for (uint32_t t = 0; t < k->kinds; t++) {
        uint32_t have = k->who_start[t + 1] - k->who_start[t];
        double worth = SUGGEST_UNIT * (base + more * rarity(p->count, have));
        k->worth[t] = (uint32_t)(worth + 0.5);
    }
}

struct kind_work {
    struct suggest_place *place;
    const struct suggest_people *people;
};

static uint64_t signature(const struct kind *k, uint32_t label)
{
    uint64_t bits = 0;
    for (uint32_t i = k->start[label]; i < k->start[label + 1]; i++)
        bits |= (uint64_t)1 << (k->tag[i] & 63);
    return bits;
}

/* The list on the card, if it fits; how many are listed. */
static uint8_t write_tags(const struct kind *k, uint32_t label, uint16_t *tags)
{
    uint32_t listed = k->start[label + 1] - k->start[label];
    bool fits = listed <= CARD_TAGS && k->kinds < NO_TAG;
    for (uint32_t i = 0; i < CARD_TAGS; i++)
        tags[i] = fits && i < listed ? (uint16_t)k->tag[k->start[label] + i] : NO_TAG;
    return (uint8_t)(listed < 255 ? listed : 255);
}

static void write_cards(void *with, uint64_t from, uint64_t to, unsigned thread)
{
    const struct kind_work *w = with;
    struct suggest_place *p = w->place;
    (void)thread;
    for (uint32_t label = (uint32_t)from; label < to; label++) {
        struct card *c = &p->card[label];
        uint32_t person = p->person_of[label];
        c->interests = write_tags(&p->interests, label, c->interest);
        c->strengths = write_tags(&p->strengths, label, c->strength);
        c->wishes = write_tags(&p->wishes, label, c->wish);
        c->languages = signature(&p->languages, label);
        c->x = w->people->x[person];
        c->y = w->people->y[person];
        c->open = w->people->open[person];
    }
}

static void build_kind(void *with, uint64_t from, uint64_t to, unsigned thread)
{
    const struct kind_work *w = with;
    struct suggest_place *p = w->place;
    struct kind *kinds[] = { &p->interests, &p->strengths, &p->wishes, &p->languages };
    const struct suggest_tags *given[] = { &w->people->interests, &w->people->strengths,
                                           &w->people->wishes, &w->people->languages };
    static const double base[] = { 0, 0.5, 0, 0 }, more[] = { 1, 0.5, 0, 0.5 };
    (void)thread;
    for (; from < to; from++) {
        copy_lists(p, given[from], kinds[from]);
        list_who(p, kinds[from]);
        weigh_tags(p, kinds[from], base[from], more[from]);
    }
}

void place_tags(struct suggest_place *p, const struct suggest_people *people, unsigned threads)
{
    struct kind_work work = { p, people };
    suggest_share_work(threads, 4, 1, build_kind, &work);
    suggest_share_work(threads, p->count, 4096, write_cards, &work);
}
