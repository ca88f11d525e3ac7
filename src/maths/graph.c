#include "maths/graph.h"

#include <stdbool.h>
#include <sys/mman.h>

#include "base/memory.h"

/* A counting sort: every hand counts its own piece of the list, the counts are added up to
 * places, every hand writes its piece to its places; then each row is sorted by itself. */

enum { HANDS = 4, ROW_PARTS = 256 };

struct build {
    struct csr *graph;
    const uint32_t *a, *b;
    uint64_t lines;
    uint32_t hands;
    bool both;             /* undirected: b's row as well */
    uint64_t *place;       /* hands × people: first counts, then where to write next */
    uint64_t *kept;        /* ROW_PARTS: entries left without doubles */
    uint64_t *fresh_start; /* after compaction */
    uint32_t *fresh_target;
};

static void count_piece(void *data, uint32_t hand, int member)
{
    (void)member;
    struct build *w = data;
    uint64_t *place = w->place + (uint64_t)hand * w->graph->rows;
    uint64_t end = team_cut(w->lines, hand + 1, w->hands);
    for (uint64_t i = team_cut(w->lines, hand, w->hands); i < end; i++) {
        if (w->a[i] == w->b[i])
            continue;
        place[w->a[i]]++;
        if (w->both)
            place[w->b[i]]++;
    }
}

static void write_piece(void *data, uint32_t hand, int member)
{
    (void)member;
    struct build *w = data;
    uint64_t *place = w->place + (uint64_t)hand * w->graph->rows;
    uint32_t *target = w->graph->target;
    uint64_t end = team_cut(w->lines, hand + 1, w->hands);
    for (uint64_t i = team_cut(w->lines, hand, w->hands); i < end; i++) {
        if (w->a[i] == w->b[i])
            continue;
        target[place[w->a[i]]++] = w->b[i];
        if (w->both)
            target[place[w->b[i]]++] = w->a[i];
    }
}

/* Counts become first places; start[] becomes the beginning of every row. */
static void add_up(struct build *w)
{
    uint64_t at = 0;
    uint32_t rows = w->graph->rows;
    for (uint32_t r = 0; r < rows; r++) {
        w->graph->start[r] = at;
        for (uint32_t h = 0; h < w->hands; h++) {
            uint64_t count = w->place[(uint64_t)h * rows + r];
            w->place[(uint64_t)h * rows + r] = at;
            at += count;
        }
    }
    w->graph->start[rows] = at;
}

static void sift(uint32_t *row, uint64_t top, uint64_t length)
{
    for (uint64_t child; (child = 2 * top + 1) < length; top = child) {
        if (child + 1 < length && row[child + 1] > row[child])
            child++;
        if (row[top] >= row[child])
            return;
        uint32_t swap = row[top];
        row[top] = row[child];
        row[child] = swap;
    }
}

static void sort_long_row(uint32_t *row, uint64_t length)
{
    for (uint64_t i = length / 2; i-- > 0;)
        sift(row, i, length);
    for (uint64_t end = length; end-- > 1;) {
        uint32_t swap = row[0];
        row[0] = row[end];
        row[end] = swap;
        sift(row, 0, end);
    }
}

void graph_sort(uint32_t *row, uint64_t length)
{
    if (length > 64) {
        sort_long_row(row, length);
        return;
    }
    for (uint64_t i = 1; i < length; i++) {
        uint32_t one = row[i];
        uint64_t at = i;
        for (; at > 0 && row[at - 1] > one; at--)
            row[at] = row[at - 1];
        row[at] = one;
    }
}

static void sort_rows(void *data, uint32_t part, int member)
{
    (void)member;
    struct build *w = data;
    struct csr *g = w->graph;
    uint64_t kept = 0;
    uint32_t end = (uint32_t)team_cut(g->rows, part + 1, ROW_PARTS);
    for (uint32_t r = (uint32_t)team_cut(g->rows, part, ROW_PARTS); r < end; r++) {
        uint32_t *row = g->target + g->start[r];
        uint64_t length = graph_degree(g, r);
        graph_sort(row, length);
        for (uint64_t i = 0; i < length; i++)
            kept += i == 0 || row[i] != row[i - 1];
    }
    w->kept[part] = kept;
}

static void copy_without_doubles(void *data, uint32_t part, int member)
{
    (void)member;
    struct build *w = data;
    struct csr *g = w->graph;
    uint64_t at = w->kept[part];
    uint32_t end = (uint32_t)team_cut(g->rows, part + 1, ROW_PARTS);
    for (uint32_t r = (uint32_t)team_cut(g->rows, part, ROW_PARTS); r < end; r++) {
        uint32_t *row = g->target + g->start[r];
        uint64_t length = graph_degree(g, r);
        w->fresh_start[r] = at;
        for (uint64_t i = 0; i < length; i++)
            if (i == 0 || row[i] != row[i - 1])
                w->fresh_target[at++] = row[i];
    }
}

static void drop_doubles(struct build *w, struct team *team)
{
    struct csr *g = w->graph;
    uint64_t total = 0;
    for (uint32_t p = 0; p < ROW_PARTS; p++) {
        uint64_t kept = w->kept[p];
        w->kept[p] = total;
        total += kept;
    }
    if (total == g->start[g->rows])
        return;
    w->fresh_start = graph_room((size_t)g->rows + 1, sizeof *w->fresh_start);
    w->fresh_target = graph_room(total, sizeof *w->fresh_target);
    team_do(team, ROW_PARTS, copy_without_doubles, w);
    w->fresh_start[g->rows] = total;
    graph_free(g);
    g->start = w->fresh_start;
    g->target = w->fresh_target;
}

static void build(struct csr *graph, uint32_t people, struct build w, struct team *team)
{
    *graph = (struct csr){ .rows = people, .columns = people };
    w.graph = graph;
    w.hands = w.lines < 10000 ? 1 : team_size(team) < HANDS ? (uint32_t)team_size(team) : HANDS;
    w.place = graph_zeros((size_t)people * w.hands, sizeof *w.place);
    w.kept = memory_new(ROW_PARTS, sizeof *w.kept);
    team_do(team, w.hands, count_piece, &w);
    graph->start = graph_room((size_t)people + 1, sizeof *graph->start);
    add_up(&w);
    graph->target = graph_room(graph->start[people], sizeof *graph->target);
    team_do(team, w.hands, write_piece, &w);
    memory_free(w.place);
    team_do(team, ROW_PARTS, sort_rows, &w);
    drop_doubles(&w, team);
    memory_free(w.kept);
}

void graph_from_lines(struct csr *graph, uint32_t people, const uint32_t *a, const uint32_t *b,
                      uint64_t lines, struct team *team)
{
    build(graph, people, (struct build){ .a = a, .b = b, .lines = lines, .both = true }, team);
}

void graph_from_arrows(struct csr *graph, uint32_t people, const uint32_t *from, const uint32_t *to,
                       uint64_t arrows, struct team *team)
{
    build(graph, people, (struct build){ .a = from, .b = to, .lines = arrows }, team);
}

static void *in_large_pages(void *room, size_t bytes)
{
    enum { LARGE = 1 << 21 };
    uintptr_t first = ((uintptr_t)room + LARGE - 1) & ~(uintptr_t)(LARGE - 1);
    uintptr_t last = ((uintptr_t)room + bytes) & ~(uintptr_t)(LARGE - 1);
    if (last > first)
        (void)madvise((void *)first, last - first, MADV_HUGEPAGE); /* a wish, not a need */
    return room;
}

void *graph_room(size_t count, size_t size)
{
    return in_large_pages(memory_grow(NULL, count, size), count * size);
}

void *graph_zeros(size_t count, size_t size)
{
    return in_large_pages(memory_new(count, size), count * size);
}

void graph_free(struct csr *graph)
{
    memory_free(graph->start);
    memory_free(graph->target);
    memory_free(graph->value);
    graph->start = NULL;
    graph->target = NULL;
    graph->value = NULL;
}
