/* maths/suggest_place.h - inside the suggest engine: how a place lies in memory.
 *
 * Everybody has a label: a new number, given out along a Hilbert curve over the map, so that
 * neighbours on the ground are neighbours in memory. All arrays here go by label; only
 * person_of and label_of know the caller's numbers. */
#ifndef NABIJ_MATHS_SUGGEST_PLACE_H
#define NABIJ_MATHS_SUGGEST_PLACE_H

#include <math.h>
#include <stdatomic.h>

#include "maths/suggest.h"

#define AA_ONE        16384u /* fixed point of 1 / ln(lines): 2^-14 */
#define LISTED_FREE   5u     /* items a list may hold before they share their weight */
#define HALFWAY       1000.0f
#define FRIENDS_WORTH 30000.0

/* What a candidate's score needs, in one cache line. Tags stand here when a list has at most
 * CARD_TAGS and their numbers fit; else `listed` is above CARD_TAGS and the list is looked at.
 * Empty places hold NO_TAG. A language has bit (number mod 64). */
#define CARD_TAGS 6u
#define NO_TAG    65535u
struct card {
    uint64_t languages;
    float x, y;
    uint32_t circle; /* S in 2^-14, at most 2^32 - 1 */
    uint16_t interest[CARD_TAGS], strength[CARD_TAGS], wish[CARD_TAGS];
    uint16_t open;
    uint8_t interests, strengths, wishes; /* listed; 255 is 255 or more */
};
_Static_assert(sizeof(struct card) == 64, "a card fills one cache line");

/* One kind of tag: each person's list, sorted, and for each tag who has it, by label. */
struct kind {
    uint32_t kinds;
    uint32_t *start, *tag;
    uint32_t *who_start, *who;
    uint32_t *worth; /* units that one common tag brings at full spread, next door */
};

struct suggest_place {
    uint32_t count;
    uint32_t *label_of, *person_of;
    uint64_t *key; /* by label, the seed mixed in */
    struct card *card;
    struct kind languages, strengths, wishes, interests;
    uint64_t *start; /* the lines, both ways, rows sorted */
    uint32_t *target;
    uint32_t *aa;        /* 1 / ln(lines) in 2^-14; 0 below 2 lines */
    uint64_t *hub_start; /* friends with more than SUGGEST_HUB lines */
    uint32_t *hub;
    float porch;
    uint32_t *cell_start, *cell_who; /* who stands in the porch-sized cells of each hash */
    uint32_t cell_mask;
    _Atomic uint64_t bytes;
};

/* memory_new, counted in place->bytes. */
void *place_new(struct suggest_place *place, uint64_t count, uint64_t size);

void place_order(struct suggest_place *place, const struct suggest_people *people,
                 const struct suggest_lines *lines, uint64_t seed);
void place_lines(struct suggest_place *place, const struct suggest_lines *lines, unsigned threads);
void place_tags(struct suggest_place *place, const struct suggest_people *people, unsigned threads);
void place_cells(struct suggest_place *place);

/* The bucket of the cell that is `right` and `up` cells from where this card stands. */
uint32_t cell_bucket(const struct suggest_place *place, const struct card *card, int right, int up);

/* Upwards; small rows by insertion. */
void suggest_sort(uint32_t *numbers, uint64_t count);

static inline uint64_t suggest_mix(uint64_t x)
{
    x = (x ^ (x >> 32)) * 0xd6e8feb86659fd93u;
    x = (x ^ (x >> 32)) * 0xd6e8feb86659fd93u;
    return x ^ (x >> 32);
}

static inline uint32_t lines_of(const struct suggest_place *p, uint32_t who)
{
    return (uint32_t)(p->start[who + 1] - p->start[who]);
}

static inline float distance(const struct card *a, const struct card *b)
{
    float dx = a->x - b->x, dy = a->y - b->y;
    return sqrtf(dx * dx + dy * dy); /* NaN when either is unknown */
}

static inline float nearness(float metres)
{
    return metres >= 0 ? HALFWAY / (HALFWAY + metres) : 1.0f; /* NaN takes the second */
}

/* g of suggest.h */
static inline float spread(uint8_t a, uint8_t b)
{
    uint8_t more = a > b ? a : b;
    return more > LISTED_FREE ? (float)LISTED_FREE / (float)more : 1.0f;
}

static inline uint32_t friends_units(uint32_t common, uint32_t circle_a, uint32_t circle_b)
{
    uint32_t larger = circle_a > circle_b ? circle_a : circle_b;
    return (uint32_t)(FRIENDS_WORTH * (double)common / (2.0 * AA_ONE + (double)larger) + 0.5);
}

static inline uint32_t porch_units(const struct suggest_place *p, float metres)
{
    return metres <= p->porch
               ? (uint32_t)(0.5f * SUGGEST_UNIT * (1.0f - metres / (2.0f * p->porch)) + 0.5f)
               : 0;
}

static inline uint32_t tag_units(uint32_t worth, float factor)
{
    return (uint32_t)((float)worth * factor + 0.5f);
}

/* What the tags that stand in both lists bring. */
uint32_t common_units(const struct kind *worth, const struct kind *a_kind, uint32_t a,
                      const struct kind *b_kind, uint32_t b, float factor);

/* The rarest language in common; kinds when there is none. */
uint32_t common_language(const struct suggest_place *p, uint32_t a, uint32_t b);

/* What the rarest language in common brings; 0 when there is none. */
static inline uint32_t language_units(const struct suggest_place *p, uint32_t a, uint32_t b)
{
    uint64_t both = p->card[a].languages & p->card[b].languages;
    if (p->languages.kinds <= 64) { /* a bit is a language */
        uint32_t most = 0;
        for (; both; both &= both - 1) {
            uint32_t worth = p->languages.worth[__builtin_ctzll(both)];
            most = worth > most ? worth : most;
        }
        return most;
    }
    uint32_t language = both ? common_language(p, a, b) : p->languages.kinds;
    return language < p->languages.kinds ? p->languages.worth[language] : 0;
}

/* Both open, a language in common or one without; the line between them not looked at. */
static inline bool could_meet(const struct suggest_place *p, uint32_t a, uint32_t b)
{
    const struct card *ca = &p->card[a], *cb = &p->card[b];
    if (ca->open == 0 || cb->open == 0)
        return false;
    if (ca->languages == 0 || cb->languages == 0)
        return true;
    if ((ca->languages & cb->languages) == 0)
        return false;
    return p->languages.kinds <= 64 || common_language(p, a, b) < p->languages.kinds;
}

bool have_line(const struct suggest_place *p, uint32_t a, uint32_t b);
uint32_t common_friends(const struct suggest_place *p, uint32_t a, uint32_t b, uint32_t *out,
                        uint32_t room, uint32_t *aa);

/* The weight of a pair that could meet, when A (in 2^-14) is known. */
uint32_t pair_units(const struct suggest_place *p, uint32_t a, uint32_t b, uint32_t common);

uint32_t place_weight(const struct suggest_place *p, uint32_t a, uint32_t b);
uint32_t place_list(const struct suggest_place *p, struct suggest_scratch *s, uint32_t me,
                    uint32_t most, struct suggest_partner *out); /* by label */

#endif
