#include <string.h>

#include "base/memory.h"
#include "maths/tables.h"

enum { APART = 1, TOGETHER = 2 };

static bool is_here(const struct tables_wish *w, uint32_t round, uint32_t person)
{
    return !w->here || w->here[(size_t)round * w->people + person];
}

static uint8_t *pair_kinds(const struct tables_wish *w)
{
    size_t n = w->people;
    uint8_t *kind = memory_new(n * n, 1);
    for (size_t i = 0; i < w->together_count; i++)
        kind[w->together[i].a * n + w->together[i].b] =
            kind[w->together[i].b * n + w->together[i].a] = TOGETHER;
    for (size_t i = 0; i < w->apart_count; i++)
        kind[w->apart[i].a * n + w->apart[i].b] = kind[w->apart[i].b * n + w->apart[i].a] = APART;
    return kind;
}

static void count_languages(const struct tables_wish *w, const uint16_t *row,
                            struct tables_answer *answer)
{
    uint64_t *shared = memory_new(w->people, sizeof *shared);
    uint8_t *sits = memory_new(w->people, 1);
    for (uint32_t p = 0; p < w->people; p++)
        if (row[p] != TABLES_NOWHERE) {
            shared[row[p]] = sits[row[p]] ? shared[row[p]] & w->languages[p] : w->languages[p];
            sits[row[p]] = 1;
        }
    for (uint32_t t = 0; t < w->people; t++)
        answer->without_language += sits[t] && !shared[t];
    memory_free(shared);
    memory_free(sits);
}

static void count_pair(const struct tables_wish *w, const uint16_t *table, uint8_t kind,
                       struct tables_pair pair, struct tables_answer *answer)
{
    uint32_t met = 0, both = 0;
    for (uint32_t r = 0; r < w->rounds; r++) {
        uint16_t a = table[(size_t)r * w->people + pair.a];
        uint16_t b = table[(size_t)r * w->people + pair.b];
        met += a == b && a != TABLES_NOWHERE;
        both += a != TABLES_NOWHERE && b != TABLES_NOWHERE;
    }
    answer->meetings += met;
    if (kind == TOGETHER) {
        answer->together_broken += both - met;
        return;
    }
    answer->repeats += met > 1 ? met - 1 : 0;
    answer->most = met > answer->most ? met : answer->most;
    answer->apart_broken += kind == APART ? met : 0;
}

void tables_count(const struct tables_wish *w, const uint16_t *table, struct tables_answer *answer)
{
    *answer = (struct tables_answer){ 0 };
    uint8_t *kind = pair_kinds(w);
    for (uint32_t a = 0; a < w->people; a++)
        for (uint32_t b = a + 1; b < w->people; b++)
            count_pair(w, table, kind[(size_t)a * w->people + b], (struct tables_pair){ a, b },
                       answer);
    memory_free(kind);
    for (uint32_t r = 0; w->languages && r < w->rounds; r++)
        count_languages(w, table + (size_t)r * w->people, answer);
    answer->bound = tables_bound(w, table);
}

/* Whether a and b could be at one table at some time, and count as an ordinary pair. */
static bool can_meet(const struct tables_wish *w, uint8_t kind, uint32_t a, uint32_t b)
{
    if (a == b || kind || (w->host && w->host[a] && w->host[b]))
        return false;
    for (uint32_t r = 0; r < w->rounds; r++)
        if (is_here(w, r, a) && is_here(w, r, b))
            return true;
    return false;
}

struct room {
    uint32_t present, tables, small, large_seats; /* large_seats: places at larger tables */
};

uint64_t tables_bound(const struct tables_wish *w, const uint16_t *table)
{
    (void)table;
    size_t n = w->people;
    uint8_t *kind = pair_kinds(w);
    uint64_t total = 0, given = 0, over = 0;
    struct room room[TABLES_MOST_ROUNDS] = { { 0 } };
    for (uint32_t r = w->from_round; r < w->rounds; r++) {
        for (uint32_t p = 0; p < n; p++)
            room[r].present += is_here(w, r, p);
        room[r].tables = tables_in_round(room[r].present, w->seats, w->larger);
        if (!room[r].tables)
            continue;
        room[r].small = room[r].present / room[r].tables;
        room[r].large_seats = room[r].present % room[r].tables * (room[r].small + 1);
        total += (uint64_t)room[r].present * (room[r].small - 1) + room[r].large_seats;
    }
    for (uint32_t p = 0; p < n; p++) {
        uint64_t least = 0, most = 0, can = 0, mates = 0;
        for (uint32_t q = 0; q < n; q++) {
            can += can_meet(w, kind[p * n + q], p, q);
            for (uint32_t r = w->from_round; kind[p * n + q] == TOGETHER && r < w->rounds; r++)
                mates += is_here(w, r, p) && is_here(w, r, q);
        }
        for (uint32_t r = w->from_round; r < w->rounds; r++)
            if (is_here(w, r, p)) {
                least += room[r].small - 1;
                most += room[r].small - (room[r].large_seats == 0);
            }
        can += mates; /* those who stay together meet again for nothing */
        uint64_t gets = can < least ? least : can > most ? most : can;
        over += least > can ? least - can : 0;
        given += gets;
    }
    over += total > given ? total - given : 0;
    memory_free(kind);
    return (over + 1) / 2;
}
