/* suggest_list.c - one person's best partners.
 *
 * A dense sum per person of the place and a list of those touched: friends of friends add
 * what the friend between them weighs, the others are only touched. Then each is weighed. */
#include "base/memory.h"
#include "maths/suggest_place.h"

#include <stdlib.h>
#include <string.h>

#define KNOWN     0x80000000u /* oneself, or a line is there already */
#define TOUCHED   0x40000000u
#define WALK      2048u /* friend-of-friend steps from one person */
#define SAME_TAG  4u    /* those who share a tag: so many on either side along the curve */
#define NEXT_DOOR 16u   /* and so many of whoever lives next along it */

struct best {
    uint64_t rank; /* weight, then a hash: nobody has the same */
    uint32_t who;
};

struct suggest_scratch {
    uint32_t count, touched_count;
    uint32_t *sum, *touched;
    /* What each tag of mine brings when the other has it; 0 for all other tags. */
    uint32_t *interest, *wish, *strength;
    struct best *best;
    uint32_t best_room;
};

/* Room for every tag, and for NO_TAG, which is never marked. */
static size_t marks(const struct kind *k)
{
    return k->kinds > NO_TAG ? k->kinds : NO_TAG + 1;
}

struct suggest_scratch *suggest_scratch_new(const struct suggest_place *p)
{
    struct suggest_scratch *s = memory_new(1, sizeof *s);
    s->count = p->count;
    s->sum = memory_new(p->count, sizeof *s->sum);
    s->touched = memory_new((size_t)p->count + 1, sizeof *s->touched);
    s->interest = memory_new(marks(&p->interests), sizeof *s->interest);
    s->wish = memory_new(marks(&p->strengths), sizeof *s->wish);
    s->strength = memory_new(marks(&p->strengths), sizeof *s->strength);
    return s;
}

void suggest_scratch_free(struct suggest_scratch *s)
{
    if (!s)
        return;
    memory_free(s->sum);
    memory_free(s->touched);
    memory_free(s->interest);
    memory_free(s->wish);
    memory_free(s->strength);
    memory_free(s->best);
    memory_free(s);
}

static inline void touch(struct suggest_scratch *s, uint32_t who)
{
    uint32_t old = s->sum[who];
    s->touched[s->touched_count] = who;
    s->touched_count += old == 0;
    s->sum[who] = old | TOUCHED;
}

static void walk_friend(const struct suggest_place *p, struct suggest_scratch *s, uint32_t friend)
{
    uint32_t weight = p->aa[friend], count = s->touched_count;
    const uint32_t *row = p->target + p->start[friend], *end = p->target + p->start[friend + 1];
    for (; row < end; row++) {
        uint32_t old = s->sum[*row];
        s->touched[count] = *row;
        count += old == 0;
        s->sum[*row] = old + weight;
    }
    s->touched_count = count;
}

static int by_lines(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* The friends with the fewest lines say most: they are walked first, until WALK is used up.
 * Returns false when some were left: the sums are then not complete. */
static bool walk_wide(const struct suggest_place *p, struct suggest_scratch *s, uint32_t me)
{
    uint32_t count = lines_of(p, me), walked = 0;
    uint64_t *order = memory_new(count, sizeof *order);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t friend = p->target[p->start[me] + i];
        order[i] = (uint64_t)lines_of(p, friend) << 32 | friend;
    }
    qsort(order, count, sizeof *order, by_lines);
    uint32_t i = 0;
    for (; i < count && walked + (order[i] >> 32) <= WALK; i++) {
        walked += (uint32_t)(order[i] >> 32);
        walk_friend(p, s, (uint32_t)order[i]);
    }
    memory_free(order);
    return i == count;
}

/* Friends of friends. Returns whether the sums hold all of A but the hubs' part. */
static bool walk_lines(const struct suggest_place *p, struct suggest_scratch *s, uint32_t me)
{
    const uint32_t *row = p->target + p->start[me], *end = p->target + p->start[me + 1];
    uint64_t steps = 0;
    s->sum[me] = KNOWN;
    s->touched[s->touched_count++] = me;
    for (const uint32_t *f = row; f < end; f++) {
        uint32_t lines = lines_of(p, *f);
        steps += lines <= SUGGEST_HUB ? lines : 0;
        __builtin_prefetch(p->target + p->start[*f]);
        s->sum[*f] = KNOWN;
        s->touched[s->touched_count++] = *f;
    }
    if (steps > WALK)
        return walk_wide(p, s, me);
    for (const uint32_t *f = row; f < end; f++)
        if (lines_of(p, *f) <= SUGGEST_HUB)
            walk_friend(p, s, *f);
    return true;
}

/* Where `me` stands or would stand in a sorted list of labels. Labels are spread evenly enough
 * to guess, and to look around the guess in growing steps. */
static uint32_t place_in(const uint32_t *who, uint32_t count, uint32_t me, uint32_t people)
{
    uint32_t low = 0, high = count, guess = (uint32_t)((uint64_t)count * me / people);
    if (guess < count && who[guess] < me) {
        uint32_t step = 1;
        for (low = guess + 1; count - low > step && who[low + step] < me; step *= 2)
            low += step;
        high = count - low > step ? low + step : count;
    } else {
        uint32_t step = 1;
        for (high = guess; high > step && who[high - step] >= me; step *= 2)
            high -= step;
        low = high > step ? high - step : 0;
    }
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (who[middle] < me)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Those nearest along the curve in one sorted list of labels. */
static void touch_near(struct suggest_scratch *s, const uint32_t *who, uint32_t count, uint32_t me)
{
    uint32_t at = place_in(who, count, me, s->count);
    uint32_t from = at > SAME_TAG ? at - SAME_TAG : 0;
    uint32_t to = count - at > SAME_TAG + 1 ? at + SAME_TAG + 1 : count;
    for (uint32_t i = from; i < to; i++)
        touch(s, who[i]);
}

static void touch_tags(struct suggest_scratch *s, const struct kind *mine,
                       const struct kind *theirs, uint32_t me)
{
    for (uint32_t i = mine->start[me]; i < mine->start[me + 1]; i++) {
        uint32_t tag = mine->tag[i], from = theirs->who_start[tag];
        touch_near(s, theirs->who + from, theirs->who_start[tag + 1] - from, me);
    }
}

static void touch_porch(const struct suggest_place *p, struct suggest_scratch *s, uint32_t me)
{
    const struct card *card = &p->card[me];
    if (!isfinite(card->x) || !isfinite(card->y))
        return;
    for (int right = -1; right <= 1; right++)
        for (int up = -1; up <= 1; up++) {
            uint32_t bucket = cell_bucket(p, card, right, up);
            const uint32_t *who = p->cell_who + p->cell_start[bucket];
            uint32_t count = p->cell_start[bucket + 1] - p->cell_start[bucket];
            if (count > 4 * NEXT_DOOR) { /* a tower: those nearest along the curve */
                touch_near(s, who, count, me);
                continue;
            }
            for (uint32_t i = 0; i < count; i++)
                touch(s, who[i]);
        }
}

static void touch_next_door(const struct suggest_place *p, struct suggest_scratch *s, uint32_t me)
{
    uint32_t from = me > NEXT_DOOR ? me - NEXT_DOOR : 0;
    uint32_t to = p->count - me > NEXT_DOOR ? me + NEXT_DOOR + 1 : p->count;
    for (uint32_t i = from; i < to; i++)
        touch(s, i);
}

static void gather(const struct suggest_place *p, struct suggest_scratch *s, uint32_t me)
{
    if (p->count <= SUGGEST_SMALL) {
        for (uint32_t i = 0; i < p->count; i++)
            touch(s, i);
        return;
    }
    touch_tags(s, &p->interests, &p->interests, me);
    touch_tags(s, &p->wishes, &p->strengths, me);
    touch_tags(s, &p->strengths, &p->wishes, me);
    touch_porch(p, s, me);
    touch_next_door(p, s, me);
}

/* What hubs among the friends of both add to A. */
static uint32_t hub_part(const struct suggest_place *p, uint32_t a, uint32_t b)
{
    uint64_t i = p->hub_start[a], j = p->hub_start[b];
    uint64_t i_end = p->hub_start[a + 1], j_end = p->hub_start[b + 1];
    uint32_t sum = 0;
    while (i < i_end && j < j_end) {
        uint32_t x = p->hub[i], y = p->hub[j];
        sum += x == y ? p->aa[x] : 0;
        i += x <= y;
        j += y <= x;
    }
    return sum;
}

/* Keeps the best `most`, heaviest first. */
static void keep(struct suggest_scratch *s, uint32_t *found, uint32_t most, struct best fresh)
{
    uint32_t at = *found;
    if (at == most) {
        if (fresh.rank < s->best[most - 1].rank)
            return;
        at--;
    } else {
        ++*found;
    }
    for (; at > 0 && s->best[at - 1].rank < fresh.rank; at--)
        s->best[at] = s->best[at - 1];
    s->best[at] = fresh;
}

struct weighing {
    const struct suggest_place *p;
    struct suggest_scratch *s;
    uint32_t me, most, found;
    bool complete, hubs;
    bool inside; /* all tag numbers fit on the cards */
};

/* Sets what my tags bring, or, with `on` false, nothing again. */
static void mark_tags(const struct kind *mine, const struct kind *worth, uint32_t me, bool on,
                      uint32_t *mark)
{
    for (uint32_t i = mine->start[me]; i < mine->start[me + 1]; i++)
        mark[mine->tag[i]] = on ? worth->worth[mine->tag[i]] : 0;
}

static void mark_all(struct weighing *w, bool on)
{
    const struct suggest_place *p = w->p;
    struct suggest_scratch *s = w->s;
    mark_tags(&p->interests, &p->interests, w->me, on, s->interest);
    mark_tags(&p->wishes, &p->strengths, w->me, on, s->wish);
    mark_tags(&p->strengths, &p->strengths, w->me, on, s->strength);
}

/* The same sum as common_units, with my tags marked. */
static uint32_t marked_units(const uint32_t *mark, const struct kind *theirs, uint32_t who,
                             float factor)
{
    uint32_t units = 0;
    for (uint32_t i = theirs->start[who]; i < theirs->start[who + 1]; i++)
        units += tag_units(mark[theirs->tag[i]], factor);
    return units;
}

/* And with theirs on the card. */
static inline uint32_t card_units(const uint32_t *mark, const uint16_t *tag, float factor)
{
    uint32_t units = 0;
    for (uint32_t i = 0; i < CARD_TAGS; i++)
        units += tag_units(mark[tag[i]], factor);
    return units;
}

static inline bool any_marked(const uint32_t *mark, const uint16_t *tag)
{
    uint32_t any = 0;
    for (uint32_t i = 0; i < CARD_TAGS; i++)
        any |= mark[tag[i]];
    return any != 0;
}

static uint32_t all_tags_units(const struct weighing *w, const struct card *me,
                               const struct card *card, uint32_t who, float near)
{
    const struct suggest_place *p = w->p;
    const struct suggest_scratch *s = w->s;
    uint32_t units = 0;
    if (!w->inside || card->interests > CARD_TAGS)
        units += marked_units(s->interest, &p->interests, who,
                              near * spread(me->interests, card->interests));
    else if (any_marked(s->interest, card->interest))
        units +=
            card_units(s->interest, card->interest, near * spread(me->interests, card->interests));
    if (!w->inside || card->strengths > CARD_TAGS)
        units +=
            marked_units(s->wish, &p->strengths, who, near * spread(me->wishes, card->strengths));
    else if (any_marked(s->wish, card->strength))
        units += card_units(s->wish, card->strength, near * spread(me->wishes, card->strengths));
    if (!w->inside || card->wishes > CARD_TAGS)
        units +=
            marked_units(s->strength, &p->wishes, who, near * spread(me->strengths, card->wishes));
    else if (any_marked(s->strength, card->wish))
        units += card_units(s->strength, card->wish, near * spread(me->strengths, card->wishes));
    return units;
}

static void weigh(struct weighing *w, uint32_t who, uint32_t sum)
{
    const struct suggest_place *p = w->p;
    const struct card *me = &p->card[w->me], *card = &p->card[who];
    if (!could_meet(p, w->me, who))
        return;
    uint32_t common = sum & ~(KNOWN | TOUCHED), units = language_units(p, w->me, who);
    if (!w->complete)
        common_friends(p, w->me, who, NULL, 0, &common);
    else if (w->hubs)
        common += hub_part(p, w->me, who);
    if (common)
        units += friends_units(common, me->circle, card->circle);
    float metres = distance(me, card), near = nearness(metres);
    units += porch_units(p, metres);
    units += all_tags_units(w, me, card, who, near);
    uint32_t least = w->found == w->most ? (uint32_t)(w->s->best[w->most - 1].rank >> 32) : 0;
    if (units == 0 || units < least)
        return;
    uint64_t rank = (uint64_t)units << 32 | suggest_tie(p->key[w->me], p->key[who]);
    keep(w->s, &w->found, w->most, (struct best){ rank, who });
}

/* Nobody near: look on along the curve, both ways, until the list has one or nobody is left. */
static void look_further(struct weighing *w)
{
    const struct suggest_place *p = w->p;
    for (uint32_t far = 1; far < p->count && w->found == 0; far++) {
        uint32_t ahead = w->me + far;
        if (far <= w->me && !have_line(p, w->me, w->me - far))
            weigh(w, w->me - far, 0);
        if (ahead >= far && ahead < p->count && !have_line(p, w->me, ahead))
            weigh(w, ahead, 0);
    }
}

static void make_room(struct suggest_scratch *s, uint32_t most)
{
    if (s->best_room < most) {
        s->best = memory_grow(s->best, most, sizeof *s->best);
        s->best_room = most;
    }
}

uint32_t place_list(const struct suggest_place *p, struct suggest_scratch *s, uint32_t me,
                    uint32_t most, struct suggest_partner *out)
{
    struct weighing w = { .p = p, .s = s, .me = me, .most = most };
    if (most == 0 || p->card[me].open == 0)
        return 0;
    make_room(s, most);
    s->touched_count = 0;
    w.complete = walk_lines(p, s, me);
    w.hubs = p->hub_start[me + 1] > p->hub_start[me];
    gather(p, s, me);
    w.inside = p->interests.kinds < NO_TAG && p->strengths.kinds < NO_TAG;
    mark_all(&w, true);
    /* from the last: those with a tag in common raise the bar for the friends of friends */
    for (uint32_t i = s->touched_count; i-- > 0;) {
        uint32_t who = s->touched[i], sum = s->sum[who];
        s->sum[who] = 0;
        if (i >= 8)
            __builtin_prefetch(&p->card[s->touched[i - 8]]);
        if (!(sum & KNOWN))
            weigh(&w, who, sum);
    }
    if (w.found == 0) {
        w.complete = false;
        look_further(&w);
    }
    mark_all(&w, false);
    for (uint32_t i = 0; i < w.found; i++)
        out[i] = (struct suggest_partner){ s->best[i].who, (uint32_t)(s->best[i].rank >> 32) };
    return w.found;
}

uint32_t suggest_list(const struct suggest_place *p, struct suggest_scratch *s, uint32_t person,
                      uint32_t most, struct suggest_partner *out)
{
    uint32_t found = place_list(p, s, p->label_of[person], most, out);
    for (uint32_t i = 0; i < found; i++)
        out[i].person = p->person_of[out[i].person];
    return found;
}
