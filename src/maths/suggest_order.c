/* suggest_order.c - labels along a Hilbert curve, so that neighbours lie together in memory.
 *
 * Who has no position takes the place of a friend who has one, else stands after the map,
 * ordered by the smallest key among their friends (the shingle ordering of Chierichetti and
 * others, "On compressing social networks", KDD 2009, section 4). Nothing here looks at the
 * order of the input. */
#include "base/memory.h"
#include "maths/suggest_place.h"

#include <stdlib.h>

struct spot {
    uint64_t code, key;
    uint32_t person;
};

#define AFTER_THE_MAP ((uint64_t)1 << 63)

/* Distance along the curve of order 16 (Skilling's rotations, written out for two axes). */
static uint64_t hilbert(uint32_t x, uint32_t y)
{
    uint64_t code = 0;
    for (uint32_t side = 1u << 15; side; side >>= 1) {
        uint32_t right = (x & side) != 0, up = (y & side) != 0;
        code = code * 4 + ((3 * right) ^ up);
        if (!up) {
            if (right) {
                x = 65535u - x;
                y = 65535u - y;
            }
            uint32_t swap = x;
            x = y;
            y = swap;
        }
    }
    return code;
}

static bool on_map(const struct suggest_people *people, uint32_t i)
{
    return isfinite(people->x[i]) && isfinite(people->y[i]);
}

static void mark_codes(const struct suggest_people *people, struct spot *spots, bool *missing)
{
    float left = INFINITY, right = -INFINITY, low = INFINITY, high = -INFINITY;
    for (uint32_t i = 0; i < people->count; i++) {
        if (!on_map(people, i))
            continue;
        left = fminf(left, people->x[i]), right = fmaxf(right, people->x[i]);
        low = fminf(low, people->y[i]), high = fmaxf(high, people->y[i]);
    }
    double side = fmax(fmax((double)right - left, (double)high - low), 1.0);
    for (uint32_t i = 0; i < people->count; i++) {
        if (on_map(people, i)) {
            uint32_t cx = (uint32_t)(((double)people->x[i] - left) / side * 65535.0);
            uint32_t cy = (uint32_t)(((double)people->y[i] - low) / side * 65535.0);
            spots[i].code = hilbert(cx, cy);
        } else {
            spots[i].code = AFTER_THE_MAP | (spots[i].key >> 1);
            *missing = true;
        }
    }
}

/* The smallest code among somebody's friends; written once all codes are read. */
static void borrow_codes(const struct suggest_people *people, const struct suggest_lines *lines,
                         struct spot *spots)
{
    uint64_t *least = memory_new(people->count, sizeof *least);
    for (uint32_t i = 0; i < people->count; i++)
        least[i] = spots[i].code;
    for (uint64_t l = 0; l < lines->count; l++) {
        uint32_t a = lines->a[l], b = lines->b[l];
        if (spots[b].code < least[a])
            least[a] = spots[b].code;
        if (spots[a].code < least[b])
            least[b] = spots[a].code;
    }
    for (uint32_t i = 0; i < people->count; i++)
        if (!on_map(people, i))
            spots[i].code = least[i];
    memory_free(least);
}

static int by_spot(const void *a, const void *b)
{
    const struct spot *s = a, *t = b;
    if (s->code != t->code)
        return s->code < t->code ? -1 : 1;
    if (s->key != t->key)
        return s->key < t->key ? -1 : 1;
    return s->person < t->person ? -1 : s->person > t->person;
}

/* Two passes of 16 bits bring the map into order; equal codes are then sorted by key. */
static void sort_map(struct spot *spots, struct spot *other, uint32_t count)
{
    uint32_t *bucket = memory_new(65537, sizeof *bucket);
    for (unsigned shift = 0; shift < 32; shift += 16) {
        for (uint32_t i = 0; i <= 65536; i++)
            bucket[i] = 0;
        for (uint32_t i = 0; i < count; i++)
            bucket[((spots[i].code >> shift) & 65535) + 1]++;
        for (uint32_t i = 0; i < 65536; i++)
            bucket[i + 1] += bucket[i];
        for (uint32_t i = 0; i < count; i++)
            other[bucket[(spots[i].code >> shift) & 65535]++] = spots[i];
        struct spot *swap = spots;
        spots = other, other = swap;
    }
    for (uint32_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && spots[to].code == spots[from].code; to++)
            ;
        if (to - from > 1)
            qsort(spots + from, to - from, sizeof *spots, by_spot);
    }
    memory_free(bucket);
}

void place_order(struct suggest_place *place, const struct suggest_people *people,
                 const struct suggest_lines *lines, uint64_t seed)
{
    uint32_t n = people->count;
    struct spot *spots = memory_new(n, sizeof *spots), *other = memory_new(n, sizeof *other);
    for (uint32_t i = 0; i < n; i++)
        spots[i] =
            (struct spot){ .key = suggest_mix(people->key[i] ^ suggest_mix(seed)), .person = i };
    bool missing = false;
    mark_codes(people, spots, &missing);
    if (missing) {
        borrow_codes(people, lines, spots);
        qsort(spots, n, sizeof *spots, by_spot);
    } else {
        sort_map(spots, other, n);
    }
    for (uint32_t label = 0; label < n; label++) {
        place->person_of[label] = spots[label].person;
        place->label_of[spots[label].person] = label;
        place->key[label] = spots[label].key;
    }
    memory_free(spots);
    memory_free(other);
}
