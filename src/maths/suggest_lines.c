/* suggest_lines.c - the lines of a place as rows, both ways, with what each friend weighs. */
#include "base/memory.h"
#include "maths/suggest_place.h"
#include "maths/suggest_threads.h"

#include <stdlib.h>
#include <string.h>

struct filling {
    struct suggest_place *place;
    const struct suggest_lines *lines;
    unsigned parts;
    uint32_t **count; /* a part's own counts, then its next free places, within a row */
    uint8_t *doubled; /* a part's: a row with the same friend twice */
};

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

void suggest_sort(uint32_t *numbers, uint64_t count)
{
    if (count > 48) {
        qsort(numbers, count, sizeof *numbers, by_number);
        return;
    }
    for (uint64_t i = 1; i < count; i++) {
        uint32_t number = numbers[i];
        uint64_t j = i;
        for (; j > 0 && numbers[j - 1] > number; j--)
            numbers[j] = numbers[j - 1];
        numbers[j] = number;
    }
}

static void part_range(const struct filling *f, uint64_t part, uint64_t *from, uint64_t *to)
{
    *from = f->lines->count * part / f->parts;
    *to = f->lines->count * (part + 1) / f->parts;
}

static void count_part(void *with, uint64_t part, uint64_t end, unsigned thread)
{
    struct filling *f = with;
    const uint32_t *label = f->place->label_of;
    (void)thread;
    for (; part < end; part++) {
        uint64_t from, to;
        part_range(f, part, &from, &to);
        uint32_t *count = f->count[part];
        for (uint64_t l = from; l < to; l++) {
            uint32_t a = label[f->lines->a[l]], b = label[f->lines->b[l]];
            count[a] += a != b;
            count[b] += a != b;
        }
    }
}

static void fill_part(void *with, uint64_t part, uint64_t end, unsigned thread)
{
    struct filling *f = with;
    const uint32_t *label = f->place->label_of;
    uint64_t *start = f->place->start;
    uint32_t *target = f->place->target;
    (void)thread;
    for (; part < end; part++) {
        uint64_t from, to;
        part_range(f, part, &from, &to);
        uint32_t *next = f->count[part];
        for (uint64_t l = from; l < to; l++) {
            uint32_t a = label[f->lines->a[l]], b = label[f->lines->b[l]];
            if (a == b)
                continue;
            target[start[a] + next[a]++] = b;
            target[start[b] + next[b]++] = a;
        }
    }
}

static void sort_rows(void *with, uint64_t from, uint64_t to, unsigned thread)
{
    struct filling *f = with;
    struct suggest_place *p = f->place;
    for (uint64_t i = from; i < to; i++) {
        uint32_t *row = p->target + p->start[i];
        uint64_t length = p->start[i + 1] - p->start[i];
        suggest_sort(row, length);
        for (uint64_t j = 1; j < length; j++)
            if (row[j] == row[j - 1])
                f->doubled[thread] = 1;
    }
}

static void drop_doubles(struct suggest_place *p)
{
    uint64_t kept = 0, from = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        uint64_t to = p->start[i + 1], first = kept;
        for (uint64_t j = from; j < to; j++)
            if (kept == first || p->target[j] != p->target[kept - 1])
                p->target[kept++] = p->target[j];
        from = to;
        p->start[i + 1] = kept;
    }
}

/* Where each part may write: parts one after another within each row. */
static void place_rows(struct filling *f)
{
    struct suggest_place *p = f->place;
    for (uint32_t i = 0; i < p->count; i++) {
        uint32_t length = 0;
        for (unsigned part = 0; part < f->parts; part++) {
            uint32_t here = f->count[part][i];
            f->count[part][i] = length;
            length += here;
        }
        p->start[i + 1] = p->start[i] + length;
    }
    p->target = place_new(p, p->start[p->count], sizeof *p->target);
}

static void weigh_part(void *with, uint64_t from, uint64_t to, unsigned thread)
{
    struct suggest_place *p = ((struct filling *)with)->place;
    (void)thread;
    for (uint64_t i = from; i < to; i++) {
        uint64_t circle = 0;
        for (uint64_t j = p->start[i]; j < p->start[i + 1]; j++)
            circle += p->aa[p->target[j]] ? p->aa[p->target[j]] : p->aa[p->count];
        p->card[i].circle = circle > UINT32_MAX ? UINT32_MAX : (uint32_t)circle;
    }
}

/* aa[count] holds what a friend with fewer than two lines counts for in a circle. */
static void weigh_friends(struct filling *f, unsigned threads)
{
    struct suggest_place *p = f->place;
    p->aa[p->count] = (uint32_t)(AA_ONE / log(2.0) + 0.5);
    for (uint32_t i = 0; i < p->count; i++) {
        uint32_t lines = lines_of(p, i);
        p->aa[i] = lines >= 2 ? (uint32_t)(AA_ONE / log((double)lines) + 0.5) : 0;
    }
    suggest_share_work(threads, p->count, 4096, weigh_part, f);
}

static void list_hubs(struct suggest_place *p)
{
    p->hub_start = place_new(p, (uint64_t)p->count + 1, sizeof *p->hub_start);
    bool any = false;
    for (uint32_t i = 0; i < p->count && !any; i++)
        any = lines_of(p, i) > SUGGEST_HUB;
    if (!any)
        return;
    for (int fill = 0; fill < 2; fill++) {
        uint64_t total = 0;
        for (uint32_t i = 0; i < p->count; i++) {
            for (uint64_t j = p->start[i]; j < p->start[i + 1]; j++)
                if (lines_of(p, p->target[j]) > SUGGEST_HUB) {
                    if (fill)
                        p->hub[total] = p->target[j];
                    total++;
                }
            p->hub_start[i + 1] = total;
        }
        if (!fill)
            p->hub = place_new(p, total, sizeof *p->hub);
    }
}

void place_lines(struct suggest_place *p, const struct suggest_lines *lines, unsigned threads)
{
    struct filling f = { .place = p, .lines = lines, .parts = threads };
    f.count = memory_new(f.parts, sizeof *f.count);
    f.doubled = memory_new(SUGGEST_THREADS_MAX, 1);
    for (unsigned part = 0; part < f.parts; part++)
        f.count[part] = memory_new(p->count, sizeof **f.count);
    p->start = place_new(p, (uint64_t)p->count + 1, sizeof *p->start);
    suggest_share_work(threads, f.parts, 1, count_part, &f);
    place_rows(&f);
    suggest_share_work(threads, f.parts, 1, fill_part, &f);
    suggest_share_work(threads, p->count, 4096, sort_rows, &f);
    if (memchr(f.doubled, 1, SUGGEST_THREADS_MAX))
        drop_doubles(p);
    p->aa = place_new(p, (uint64_t)p->count + 1, sizeof *p->aa);
    weigh_friends(&f, threads);
    list_hubs(p);
    for (unsigned part = 0; part < f.parts; part++)
        memory_free(f.count[part]);
    memory_free(f.count);
    memory_free(f.doubled);
}
