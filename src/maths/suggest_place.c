/* suggest_place.c - a place opened, asked about one pair, and closed. */
#include "base/memory.h"
#include "maths/suggest_place.h"
#include "maths/suggest_threads.h"

#define PORCH 25.0f

void *place_new(struct suggest_place *place, uint64_t count, uint64_t size)
{
    atomic_fetch_add(&place->bytes, count * size);
    return memory_new(count, size);
}

static int64_t cell_along(float at, float porch)
{
    double cell = floor((double)at / (double)porch);
    return cell > 1e15 ? (int64_t)1e15 : cell < -1e15 ? (int64_t)-1e15 : (int64_t)cell;
}

uint32_t cell_bucket(const struct suggest_place *p, const struct card *card, int right, int up)
{
    uint64_t cx = (uint64_t)(cell_along(card->x, p->porch) + right);
    uint64_t cy = (uint64_t)(cell_along(card->y, p->porch) + up);
    return (uint32_t)suggest_mix(suggest_mix(cx) + cy) & p->cell_mask;
}

static bool standing(const struct card *card)
{
    return isfinite(card->x) && isfinite(card->y);
}

void place_cells(struct suggest_place *p)
{
    uint32_t cells = 1;
    while (cells < p->count && cells < 1u << 30)
        cells *= 2;
    p->cell_mask = cells - 1;
    p->cell_start = place_new(p, (uint64_t)cells + 2, sizeof *p->cell_start);
    p->cell_who = place_new(p, p->count, sizeof *p->cell_who);
    for (uint32_t i = 0; i < p->count; i++)
        if (standing(&p->card[i]))
            p->cell_start[cell_bucket(p, &p->card[i], 0, 0) + 2]++;
    for (uint32_t c = 0; c < cells; c++)
        p->cell_start[c + 2] += p->cell_start[c + 1];
    for (uint32_t i = 0; i < p->count; i++)
        if (standing(&p->card[i]))
            p->cell_who[p->cell_start[cell_bucket(p, &p->card[i], 0, 0) + 1]++] = i;
}

struct suggest_place *suggest_open(const struct suggest_people *people,
                                   const struct suggest_lines *lines,
                                   const struct suggest_settings *settings)
{
    struct suggest_place *p = memory_new(1, sizeof *p);
    unsigned threads = suggest_threads_wise(settings->threads);
    p->count = people->count;
    p->porch = settings->porch > 0 ? settings->porch : PORCH;
    p->label_of = place_new(p, p->count, sizeof *p->label_of);
    p->person_of = place_new(p, p->count, sizeof *p->person_of);
    p->key = place_new(p, p->count, sizeof *p->key);
    p->card = place_new(p, p->count, sizeof *p->card);
    place_order(p, people, lines, settings->seed);
    place_lines(p, lines, threads);
    place_tags(p, people, threads);
    place_cells(p);
    return p;
}

static void close_kind(struct kind *k)
{
    memory_free(k->start);
    memory_free(k->tag);
    memory_free(k->who_start);
    memory_free(k->who);
    memory_free(k->worth);
}

void suggest_close(struct suggest_place *p)
{
    if (!p)
        return;
    close_kind(&p->languages);
    close_kind(&p->strengths);
    close_kind(&p->wishes);
    close_kind(&p->interests);
    void *arrays[] = { p->label_of, p->person_of, p->key, p->card,       p->start,   p->target,
                       p->aa,       p->hub_start, p->hub, p->cell_start, p->cell_who };
    for (unsigned i = 0; i < sizeof arrays / sizeof *arrays; i++)
        memory_free(arrays[i]);
    memory_free(p);
}

uint64_t suggest_size(const struct suggest_place *p)
{
    return atomic_load(&p->bytes);
}

bool have_line(const struct suggest_place *p, uint32_t a, uint32_t b)
{
    uint64_t low = p->start[a], high = p->start[a + 1];
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (p->target[middle] == b)
            return true;
        if (p->target[middle] < b)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

uint32_t common_friends(const struct suggest_place *p, uint32_t a, uint32_t b, uint32_t *out,
                        uint32_t room, uint32_t *aa)
{
    uint64_t i = p->start[a], j = p->start[b], i_end = p->start[a + 1], j_end = p->start[b + 1];
    uint32_t count = 0, sum = 0;
    while (i < i_end && j < j_end) {
        uint32_t x = p->target[i], y = p->target[j];
        i += x <= y;
        j += y <= x;
        if (x != y)
            continue;
        if (count < room)
            out[count] = x;
        count++;
        sum += p->aa[x];
    }
    *aa = sum;
    return count;
}

uint32_t common_units(const struct kind *worth, const struct kind *a_kind, uint32_t a,
                      const struct kind *b_kind, uint32_t b, float factor)
{
    uint32_t i = a_kind->start[a], i_end = a_kind->start[a + 1];
    uint32_t j = b_kind->start[b], j_end = b_kind->start[b + 1], units = 0;
    while (i < i_end && j < j_end) {
        uint32_t x = a_kind->tag[i], y = b_kind->tag[j];
        if (x == y)
            units += tag_units(worth->worth[x], factor);
        i += x <= y;
        j += y <= x;
    }
    return units;
}

uint32_t common_language(const struct suggest_place *p, uint32_t a, uint32_t b)
{
    const struct kind *k = &p->languages;
    uint32_t i = k->start[a], i_end = k->start[a + 1], j = k->start[b], j_end = k->start[b + 1];
    uint32_t best = k->kinds;
    while (i < i_end && j < j_end) {
        uint32_t x = k->tag[i], y = k->tag[j];
        if (x == y && (best == k->kinds || k->worth[x] > k->worth[best]))
            best = x;
        i += x <= y;
        j += y <= x;
    }
    return best;
}

uint32_t pair_units(const struct suggest_place *p, uint32_t a, uint32_t b, uint32_t common)
{
    const struct card *ca = &p->card[a], *cb = &p->card[b];
    float metres = distance(ca, cb), near = nearness(metres);
    uint32_t units = porch_units(p, metres);
    if (common)
        units += friends_units(common, ca->circle, cb->circle);
    units += language_units(p, a, b);
    units += common_units(&p->interests, &p->interests, a, &p->interests, b,
                          near * spread(ca->interests, cb->interests));
    units += common_units(&p->strengths, &p->wishes, a, &p->strengths, b,
                          near * spread(ca->wishes, cb->strengths));
    units += common_units(&p->strengths, &p->strengths, a, &p->wishes, b,
                          near * spread(ca->strengths, cb->wishes));
    return units;
}

uint32_t place_weight(const struct suggest_place *p, uint32_t a, uint32_t b)
{
    if (a == b || !could_meet(p, a, b) || have_line(p, a, b))
        return 0;
    uint32_t common;
    common_friends(p, a, b, NULL, 0, &common);
    return pair_units(p, a, b, common);
}

uint32_t suggest_weight(const struct suggest_place *p, uint32_t a, uint32_t b)
{
    return place_weight(p, p->label_of[a], p->label_of[b]);
}

uint32_t suggest_person_at(const struct suggest_place *p, uint32_t number)
{
    return p->person_of[number];
}

uint32_t suggest_number_of(const struct suggest_place *p, uint32_t person)
{
    return p->label_of[person];
}

void suggest_wanted(const struct suggest_place *p, uint16_t most, uint16_t *wanted)
{
    for (uint32_t i = 0; i < p->count; i++)
        wanted[i] = p->card[i].open < most ? (uint16_t)p->card[i].open : most;
}
