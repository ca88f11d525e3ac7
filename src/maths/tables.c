#include "maths/tables.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

#include "base/memory.h"
#include "maths/tables_design.h"
#include "maths/tables_search.h"

enum { PARTS = 2, STRETCHES = 12, FALL = 12 };

uint32_t tables_in_round(uint32_t present, uint32_t seats, bool larger)
{
    if (present == 0 || seats == 0)
        return 0;
    uint32_t tables = larger ? present / seats : (present + seats - 1) / seats;
    return tables ? tables : 1;
}

static bool is_here(const struct tables_wish *w, uint32_t round, uint32_t person)
{
    return !w->here || w->here[(size_t)round * w->people + person];
}

static bool is_host(const struct tables_wish *w, uint32_t person)
{
    return w->host && w->host[person];
}

/* A host keeps the table of the past; the others take the lowest that is free. */
static void give_homes(struct tables_frame *f, const uint16_t *plan)
{
    const struct tables_wish *w = f->wish;
    uint8_t *taken = memory_new(w->people + 1, 1);
    for (uint32_t p = 0; p < w->people; p++) {
        f->home[p] = TABLES_NOWHERE;
        for (uint32_t r = w->from_round; is_host(w, p) && r-- > 0;) {
            uint16_t t = plan[(size_t)r * w->people + p];
            if (t == TABLES_NOWHERE)
                continue;
            if (t < w->people && !taken[t]) {
                f->home[p] = t;
                taken[t] = 1;
            }
            break;
        }
    }
    for (uint32_t p = 0, t = 0; p < w->people; p++)
        if (is_host(w, p) && f->home[p] == TABLES_NOWHERE) {
            while (taken[t])
                t++;
            f->home[p] = (uint16_t)t;
            taken[t] = 1;
        }
    memory_free(taken);
}

/* unit[] becomes a ring through all who stay together, directly or by way of others. */
static void join_units(struct tables_frame *f)
{
    const struct tables_wish *w = f->wish;
    for (uint32_t p = 0; p < w->people; p++) {
        f->unit[p] = p;
        f->in_unit[p] = 1;
    }
    for (size_t i = 0; i < w->together_count; i++) {
        uint32_t a = w->together[i].a, b = w->together[i].b, q = a;
        do
            q = f->unit[q];
        while (q != a && q != b);
        if (q == b)
            continue;
        uint32_t after = f->unit[a], size = f->in_unit[a] + f->in_unit[b];
        f->unit[a] = f->unit[b];
        f->unit[b] = after;
        q = a;
        do
            f->in_unit[q] = size;
        while ((q = f->unit[q]) != a);
    }
    for (uint32_t p = 0; p < w->people; p++) {
        uint32_t q = p;
        do {
            if (is_host(w, q) && (q == p || f->home[p] == TABLES_NOWHERE)) {
                f->fixed[p] = 1;
                f->home[p] = f->home[q];
            }
        } while ((q = f->unit[q]) != p);
    }
}

static void sort_languages(struct tables_frame *f)
{
    const struct tables_wish *w = f->wish;
    uint64_t all = ~0ull, some = 0;
    for (uint32_t p = 0; w->languages && p < w->people; p++) {
        all &= w->languages[p];
        some |= w->languages[p];
    }
    if (!w->languages || all)
        return; /* no wish, or one language that everybody speaks */
    for (uint64_t left = some; left; left &= left - 1, f->languages++)
        for (uint32_t p = 0; p < w->people; p++)
            f->speaks[p] |= (w->languages[p] >> __builtin_ctzll(left) & 1) << f->languages;
}

static void set_pair(const struct tables_frame *f, struct tables_pair pair, uint8_t kind)
{
    size_t n = f->wish->people;
    f->kind[pair.a * n + pair.b] = kind;
    f->kind[pair.b * n + pair.a] = kind;
}

static bool frame_open(struct tables_frame *f, const struct tables_wish *w, const uint16_t *plan)
{
    size_t n = w->people;
    bool fits = true;
    *f = (struct tables_frame){ .wish = w };
    f->present = memory_new(w->rounds, sizeof(uint32_t));
    f->tables = memory_new(w->rounds, sizeof(uint32_t));
    f->home = memory_new(n, sizeof(uint16_t));
    f->fixed = memory_new(n, 1);
    f->unit = memory_new(n, sizeof(uint32_t));
    f->in_unit = memory_new(n, sizeof(uint32_t));
    f->kind = memory_new(n * n, 1);
    f->speaks = memory_new(n, sizeof(uint64_t));
    give_homes(f, plan);
    for (uint32_t r = 0; r < w->rounds; r++) {
        uint32_t most = 0;
        for (uint32_t p = 0; p < n; p++) {
            f->present[r] += is_here(w, r, p);
            if (r >= w->from_round && is_here(w, r, p) && is_host(w, p) && f->home[p] >= most)
                most = f->home[p] + 1u;
            if (r < w->from_round && is_here(w, r, p) && plan[r * n + p] >= f->tables[r])
                f->tables[r] = plan[r * n + p] + 1u;
        }
        if (r >= w->from_round)
            f->tables[r] = tables_in_round(f->present[r], w->seats, w->larger);
        fits = fits && most <= f->tables[r];
    }
    join_units(f);
    sort_languages(f);
    for (size_t i = 0; i < w->together_count; i++)
        set_pair(f, w->together[i], KIND_TOGETHER);
    for (size_t i = 0; i < w->apart_count; i++)
        set_pair(f, w->apart[i], KIND_APART);
    return fits;
}

static void frame_close(struct tables_frame *f)
{
    memory_free(f->present);
    memory_free(f->tables);
    memory_free(f->home);
    memory_free(f->fixed);
    memory_free(f->unit);
    memory_free(f->in_unit);
    memory_free(f->kind);
    memory_free(f->speaks);
}

/* Slots of one another's strangers that stay empty when there are fewer people than seats:
 * the last of the last row, or any set that never meets. False when there is none. */
static bool choose_empty(const struct tables_design *d, uint32_t want, uint8_t *empty)
{
    uint32_t slots = d->groups * d->seats, chosen = 0;
    for (uint32_t s = slots; s-- > 0 && chosen < want;) {
        bool meets = false;
        for (uint32_t o = s + 1; o < slots && !meets; o++)
            for (uint32_t r = 0; empty[o] && r < d->rounds && !meets; r++)
                meets = d->at[(size_t)r * slots + s] == d->at[(size_t)r * slots + o];
        empty[s] = !meets;
        chosen += !meets;
    }
    return chosen == want;
}

/* Gives the design's slots to the people: a host the slot of row 0 that keeps its table. */
static void take_slots(const struct tables_frame *f, const struct tables_design *d,
                       const uint8_t *empty, uint16_t *plan)
{
    const struct tables_wish *w = f->wish;
    uint32_t slots = d->groups * d->seats, slot = 0;
    uint8_t *used = memory_new(slots, 1);
    for (uint32_t p = 0; p < w->people; p++)
        if (is_host(w, p) && f->home[p] < d->groups)
            used[f->home[p]] = 1;
    for (uint32_t p = 0; p < w->people; p++) {
        uint32_t mine = f->home[p];
        if (!is_host(w, p) || mine >= d->groups) {
            while (slot < slots && (used[slot] || empty[slot]))
                slot++;
            mine = slot < slots ? slot++ : 0;
        }
        for (uint32_t r = 0; r < w->rounds; r++)
            plan[(size_t)r * w->people + p] = r < d->rounds && is_here(w, r, p)
                                                  ? d->at[(size_t)r * slots + mine]
                                                  : TABLES_NOWHERE;
    }
    memory_free(used);
}

/* A plan from mathematics for everybody, for as many of the rounds as it has; what is left
 * stays open. False when there is none. */
static bool plan_by_design(const struct tables_frame *f, uint16_t *plan)
{
    const struct tables_wish *w = f->wish;
    uint32_t most = 0, groups = 0, hosts = 0;
    for (uint32_t r = 0; r < w->rounds; r++) {
        most = f->present[r] > most ? f->present[r] : most;
        groups = f->tables[r] > groups ? f->tables[r] : groups;
    }
    for (uint32_t p = 0; p < w->people; p++)
        hosts += is_host(w, p);
    if (w->from_round || groups < 2 || most != w->people || w->together_count)
        return false;
    struct tables_design d = { .groups = groups,
                               .seats = (w->people + groups - 1) / groups,
                               .rounds = w->rounds };
    uint32_t slots = d.groups * d.seats;
    uint32_t most_rounds = tables_design_most(d.groups, d.seats);
    d.rounds = d.rounds < most_rounds ? d.rounds : most_rounds;
    d.at = memory_new((size_t)slots * d.rounds, sizeof *d.at);
    uint8_t *empty = memory_new(slots, 1);
    bool found = false;
    for (uint32_t tries = 0; !found && d.rounds > 1; tries++) {
        d.quick = tries > 0;
        memset(empty, 0, slots);
        found = tables_design_find(&d, hosts > 0, w->seed) &&
                choose_empty(&d, slots - w->people, empty);
        d.rounds -= !found;
    }
    if (found)
        take_slots(f, &d, empty, plan);
    memory_free(d.at);
    memory_free(empty);
    return found;
}

struct part {
    struct tables_state state;
    uint64_t steps;
    double warm, cold;
    bool done;
};

static void *run_part(void *of)
{
    struct part *part = of;
    part->done = tables_state_cool(&part->state, part->steps, part->warm, part->cold);
    return NULL;
}

static void run_parts(struct part *parts, uint32_t threads)
{
    pthread_t other;
    bool apart = threads > 1 && pthread_create(&other, NULL, run_part, &parts[1]) == 0;
    run_part(&parts[0]);
    if (apart)
        pthread_join(other, NULL);
    else
        run_part(&parts[1]);
}

/* The temperature falls from stretch to stretch, a few times over; a fall starts
 * hot enough to settle the wishes, as long as they are not. A plan that mathematics gave is kept
 * cool. */
static void plan_heat(struct part *part, uint32_t stretch, bool given, bool wishes)
{
    const double high = given ? 12 : 24, low = given ? 6 : 8;
    uint32_t step = stretch % FALL;
    part->warm = high * pow(low / high, (double)step / FALL);
    part->cold = high * pow(low / high, (step + 1.0) / FALL);
    bool unsettled =
        stretch == 0 || part->state.best_cost >= TABLES_HARD + part->state.frame->floor;
    if (wishes && unsettled && step < 2) {
        part->warm = (given ? 60 : 500) / (step ? 4.0 : 1.0);
        part->cold = step ? part->cold : part->warm / 4;
    }
}

/* Two searches side by side, looking at one another after every stretch, so that the answer
 * is the same at any number of threads. The better one's plan is the answer. */
static void search(const struct tables_frame *f, uint16_t *plan, bool designed)
{
    const struct tables_wish *w = f->wish;
    struct part parts[PARTS];
    uint16_t *open = memory_new((size_t)w->people * w->rounds, sizeof *open);
    memset(open, 0xff, (size_t)w->people * w->rounds * sizeof *open);
    memcpy(open, plan, (size_t)w->people * w->from_round * sizeof *open);
    uint64_t seats = (uint64_t)w->people * w->rounds;
    uint64_t steps = w->effort ? w->effort * 1000ull : 700000 + seats * 40;
    for (uint32_t i = 0; i < PARTS; i++) {
        bool given = designed && i == 0;
        tables_state_open(&parts[i].state, f, i);
        tables_state_fill(&parts[i].state, given ? plan : open, given);
    }
    memory_free(open);
    bool wishes = f->languages || w->apart_count || w->together_count;
    for (uint32_t s = 0; s < STRETCHES; s++) {
        for (uint32_t i = 0; i < PARTS; i++) {
            bool given = designed && i == 0;
            plan_heat(&parts[i], s, given, wishes);
            parts[i].steps = steps / STRETCHES;
        }
        if (s == 0 && parts[0].state.cost <= f->floor)
            break;
        run_parts(parts, w->threads);
        if (parts[0].done || parts[1].done)
            break;
    }
    uint32_t better = parts[1].state.best_cost < parts[0].state.best_cost;
    tables_state_read_best(&parts[better].state, plan);
    for (uint32_t i = 0; i < PARTS; i++)
        tables_state_close(&parts[i].state);
}

enum tables_problem tables_plan(const struct tables_wish *w, uint16_t *plan,
                                struct tables_answer *answer)
{
    if (w->people < 1 || w->people > TABLES_MOST_PEOPLE || w->rounds < 1 ||
        w->rounds > TABLES_MOST_ROUNDS || w->seats < 2 || w->seats > TABLES_MOST_SEATS ||
        w->from_round > w->rounds)
        return TABLES_OUT_OF_RANGE;
    struct tables_frame frame;
    if (!frame_open(&frame, w, plan)) {
        frame_close(&frame);
        return TABLES_TOO_MANY_HOSTS;
    }
    bool designed = plan_by_design(&frame, plan);
    if (!designed)
        memset(plan + (size_t)w->people * w->from_round, 0xff,
               (size_t)w->people * (w->rounds - w->from_round) * sizeof *plan);
    frame.floor = (int64_t)tables_bound(w, NULL) * TABLES_UNIT;
    search(&frame, plan, designed);
    frame_close(&frame);
    tables_count(w, plan, answer);
    answer->by_construction = designed && answer->repeats == 0;
    return TABLES_FINE;
}
