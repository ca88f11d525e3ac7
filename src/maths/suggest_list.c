/* suggest_list.c - one person's best partners.
 *
 * A dense sum per person of the place and a list of those touched: friends of friends add
 * what the friend between them weighs, the others are only touched. Then each is weighed. */
#include "base/memory.h"
#include "maths/suggest_place.h"

#include <stdlib.h>
#include <string.h>

#define KNOWN   0x80000000u /* oneself, or a line is there already */
#define TOUCHED 0x40000000u
#define WALK    2048u /* friend-of-friend steps from one person */
#define SAME_TAG 4u   /* those who share a tag: so many on either side along the curve */
#define NEXT_DOOR 16u /* and so many of whoever lives next along it */

struct best {
    uint64_t rank; /* weight, then a hash: nobody has the same */
    uint32_t who;
};

struct suggest_scratch {
    uint32_t count, touched_count;
    uint32_t *sum, *touched;
    uint32_t *friends; /* a wide circle's friends, fewest lines first */
    struct best *best;
    uint32_t best_room;
};

struct suggest_scratch *suggest_scratch_new(const struct suggest_place *p)
{
    struct suggest_scratch *s = memory_new(1, sizeof *s);
    s->count = p->count;
    s->sum = memory_new(p->count, sizeof *s->sum);
    s->touched = memory_new((size_t)p->count + 1, sizeof *s->touched);
    s->friends = memory_new((size_t)p->count + 1, sizeof *s->friends);
    return s;
}

void suggest_scratch_free(struct suggest_scratch *s)
{
    if (!s)
        return;
    memory_free(s->sum);
    memory_free(s->touched);
    memory_free(s->friends);
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

/* Those nearest along the curve in one sorted list of labels. */
static void touch_near(struct suggest_scratch *s, const uint32_t *who, uint32_t count, uint32_t me)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (who[middle] < me)
            low = middle + 1;
        else
            high = middle;
    }
    uint32_t from = low > SAME_TAG ? low - SAME_TAG : 0;
    uint32_t to = count - low > SAME_TAG + 1 ? low + SAME_TAG + 1 : count;
    for (uint32_t i = from; i < to; i++)
        touch(s, who[i]);
}

static void touch_tags(struct suggest_scratch *s, const struct kind *mine, const struct kind *theirs,
                       uint32_t me)
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
};

static void weigh(struct weighing *w, uint32_t who, uint32_t sum)
{
    const struct suggest_place *p = w->p;
    if (!could_meet(p, w->me, who))
        return;
    uint32_t common = sum & ~(KNOWN | TOUCHED);
    if (!w->complete)
        common_friends(p, w->me, who, NULL, 0, &common);
    else if (w->hubs)
        common += hub_part(p, w->me, who);
    uint32_t units = pair_units(p, w->me, who, common);
    if (units == 0 || (w->found == w->most && units < w->s->best[w->most - 1].rank >> 32))
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
    for (uint32_t i = 0; i < s->touched_count; i++) {
        uint32_t who = s->touched[i], sum = s->sum[who];
        s->sum[who] = 0;
        if (i + 8 < s->touched_count)
            __builtin_prefetch(&p->card[s->touched[i + 8]]);
        if (!(sum & KNOWN))
            weigh(&w, who, sum);
    }
    if (w.found == 0) {
        w.complete = false;
        look_further(&w);
    }
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
