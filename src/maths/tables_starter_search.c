/* The tabu search for one base round: exchange two places so that fewer differences double.
 * Tabu search after Glover (ORSA Journal on Computing 1, 1989). */
#include <string.h>

#include "base/memory.h"
#include "maths/random.h"
#include "maths/tables_starters.h"

struct wheel {
    uint32_t turns, orbits, still, slots, seats, classes;
    uint32_t *class_of;     /* [slots * slots]: the difference a pair takes */
    uint32_t *count, *once; /* how often each is taken; `once`: those that never may be */
    uint32_t *seat, *tabu;  /* the round; [slot * groups + table]: until which step */
    int64_t cost;
    struct random random;
};

static uint32_t class_pair(const struct wheel *w, uint32_t x, uint32_t y)
{
    uint32_t m = w->turns, moving = m * w->orbits, pairs = w->orbits * w->orbits * m;
    if (x >= moving && y >= moving)
        return w->classes - 1;
    if (x >= moving || y >= moving) {
        uint32_t fixed = (x > y ? x : y) - moving, orbit = (x > y ? y : x) / m;
        return pairs + fixed * w->orbits + orbit;
    }
    uint32_t i = x / m, j = y / m, d = (y % m + m - x % m) % m;
    if (i > j || (i == j && 2 * d > m)) {
        uint32_t swap = i;
        i = j;
        j = swap;
        d = m - d == m ? 0 : m - d;
    }
    return (i * w->orbits + j) * m + d;
}

static void wheel_open(struct wheel *w, uint32_t groups)
{
    w->classes = w->orbits * w->orbits * w->turns + w->still * w->orbits + 1;
    w->class_of = memory_new((size_t)w->slots * w->slots, sizeof(uint32_t));
    w->count = memory_new(w->classes, sizeof(uint32_t));
    w->once = memory_new(w->classes, sizeof(uint32_t));
    w->seat = memory_new(w->slots, sizeof(uint32_t));
    w->tabu = memory_new((size_t)w->slots * groups, sizeof(uint32_t));
    for (uint32_t x = 0; x < w->slots; x++)
        for (uint32_t y = 0; y < w->slots; y++)
            w->class_of[x * w->slots + y] = class_pair(w, x, y);
    w->once[w->classes - 1] = 1;
    for (uint32_t i = 0; i < w->orbits && w->turns % 2 == 0; i++)
        w->once[(i * w->orbits + i) * w->turns + w->turns / 2] = 1;
}

static void wheel_close(struct wheel *w)
{
    memory_free(w->class_of);
    memory_free(w->count);
    memory_free(w->once);
    memory_free(w->seat);
    memory_free(w->tabu);
}

static int64_t leave_table(struct wheel *w, uint32_t person, uint32_t table, uint32_t but)
{
    int64_t gain = 0;
    for (uint32_t k = table * w->seats; k < (table + 1) * w->seats; k++)
        if (k != but)
            gain -= --w->count[w->class_of[person * w->slots + w->seat[k]]] >= 1;
    return gain;
}

static int64_t join_table(struct wheel *w, uint32_t person, uint32_t table, uint32_t but)
{
    int64_t loss = 0;
    for (uint32_t k = table * w->seats; k < (table + 1) * w->seats; k++)
        if (k != but)
            loss += w->count[w->class_of[person * w->slots + w->seat[k]]]++ >= 1;
    return loss;
}

/* Exchanges the people in seats u and v; what it costs. */
static int64_t exchange(struct wheel *w, uint32_t u, uint32_t v)
{
    uint32_t x = w->seat[u], y = w->seat[v], a = u / w->seats, b = v / w->seats;
    int64_t change = leave_table(w, x, a, u) + leave_table(w, y, b, v);
    change += join_table(w, y, a, u) + join_table(w, x, b, v);
    w->seat[u] = y;
    w->seat[v] = x;
    return change;
}

static void wheel_shuffle(struct wheel *w, uint32_t groups)
{
    memcpy(w->count, w->once, w->classes * sizeof(uint32_t));
    memset(w->tabu, 0, (size_t)w->slots * groups * sizeof(uint32_t));
    for (uint32_t s = 0; s < w->slots; s++)
        w->seat[s] = s;
    for (uint32_t s = w->slots; s > 1; s--) {
        uint32_t other = random_below(&w->random, s), kept = w->seat[s - 1];
        w->seat[s - 1] = w->seat[other];
        w->seat[other] = kept;
    }
    w->cost = 0;
    for (uint32_t u = 0; u < w->slots; u++)
        for (uint32_t v = u / w->seats * w->seats; v < u; v++)
            w->cost += w->count[w->class_of[w->seat[u] * w->slots + w->seat[v]]]++ >= 1;
}

static bool in_conflict(const struct wheel *w, uint32_t u)
{
    uint32_t first = u / w->seats * w->seats;
    for (uint32_t v = first; v < first + w->seats; v++)
        if (v != u && w->count[w->class_of[w->seat[u] * w->slots + w->seat[v]]] > 1)
            return true;
    return false;
}

static void tabu_step(struct wheel *w, uint32_t groups, uint32_t step, int64_t *best)
{
    int64_t least = INT64_MAX;
    uint32_t ties = 0, best_u = 0, best_v = 0;
    for (uint32_t u = 0; u < w->slots; u++) {
        if (!in_conflict(w, u))
            continue;
        for (uint32_t v = 0; v < w->slots; v++) {
            uint32_t a = u / w->seats, b = v / w->seats, x = w->seat[u], y = w->seat[v];
            if (a == b)
                continue;
            bool tabu = w->tabu[x * groups + b] > step || w->tabu[y * groups + a] > step;
            int64_t change = exchange(w, u, v);
            exchange(w, u, v);
            if ((tabu && w->cost + change >= *best) || change > least)
                continue;
            ties = change < least ? 1 : ties + 1;
            least = change;
            if (random_below(&w->random, ties) == 0) {
                best_u = u;
                best_v = v;
            }
        }
    }
    if (!ties)
        return;
    uint32_t tenure = step + 2 + random_below(&w->random, 8) + (uint32_t)w->cost / 2;
    w->tabu[w->seat[best_u] * groups + best_u / w->seats] = tenure;
    w->tabu[w->seat[best_v] * groups + best_v / w->seats] = tenure;
    w->cost += exchange(w, best_u, best_v);
    *best = w->cost < *best ? w->cost : *best;
}

static void wheel_turn(const struct wheel *w, struct tables_design *d)
{
    for (uint32_t r = 0; r < d->rounds; r++)
        for (uint32_t s = 0; s < w->slots; s++) {
            uint32_t slot = w->seat[s], wheel = slot / w->turns * w->turns;
            if (slot < w->turns * w->orbits)
                slot = wheel + (slot % w->turns + r) % w->turns;
            d->at[(size_t)r * w->slots + slot] = (uint16_t)(s / w->seats);
        }
}

/* Are there enough differences for one base round of this shape? */
static bool wheel_possible(const struct wheel *w, uint32_t groups)
{
    uint64_t c = w->orbits, m = w->turns, f = w->still;
    if (f > groups || (f && c + 1 < w->seats))
        return false;
    uint64_t have = c * ((m - 1) / 2) + c * (c - 1) / 2 * m + f * c;
    return (uint64_t)groups * w->seats * (w->seats - 1) / 2 <= have;
}

bool tables_starter_search(struct tables_design *d, uint64_t seed, uint32_t steps)
{
    uint32_t slots = d->groups * d->seats;
    if (slots > 100)
        return false;
    bool found = false;
    for (uint32_t turns = d->rounds; turns <= slots && turns < d->rounds + 4 && !found; turns++) {
        struct wheel w = { .turns = turns, .orbits = slots / turns, .still = slots % turns };
        w.slots = slots;
        w.seats = d->seats;
        if (!wheel_possible(&w, d->groups))
            continue;
        random_split(&w.random, seed, turns);
        wheel_open(&w, d->groups);
        uint32_t left = steps;
        while (left && !found) {
            wheel_shuffle(&w, d->groups);
            int64_t best = w.cost;
            for (uint32_t s = 1; s < 600 && left && w.cost; s++, left--)
                tabu_step(&w, d->groups, s, &best);
            found = w.cost == 0;
        }
        if (found)
            wheel_turn(&w, d);
        wheel_close(&w);
    }
    return found;
}
