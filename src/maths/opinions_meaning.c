#include "maths/opinions_meaning.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

static const double sure_90 = 1.2816;

static double answers(const struct opinions_count *c)
{
    return (double)c->agree + (double)c->disagree + (double)c->pass;
}

static double shrunk(double success, double all)
{
    return (success + 1) / (all + 2);
}

static double one_proportion(double success, double all)
{
    return 2 * sqrt(all + 1) * ((success + 1) / (all + 1) - 0.5);
}

static double two_proportions(double s1, double n1, double s2, double n2)
{
    s1 += 1, n1 += 1, s2 += 1, n2 += 1;
    double p = (s1 + s2) / (n1 + n2);
    return p >= 1 ? 0 : (s1 / n1 - s2 / n2) / sqrt(p * (1 - p) * (1 / n1 + 1 / n2));
}

/* Everybody else is everybody who is in another group. */
static struct opinions_count others(const struct opinions_map *map, uint32_t g, uint32_t j)
{
    struct opinions_count rest = { 0 };
    for (uint32_t other = 0; other < map->k; other++)
        if (other != g) {
            const struct opinions_count *c = opinions_count_of(map, other + 1, j);
            rest.agree += c->agree;
            rest.disagree += c->disagree;
            rest.pass += c->pass;
        }
    return rest;
}

struct stance opinions_stance(const struct opinions_map *map, uint32_t g, uint32_t j, bool agree)
{
    const struct opinions_count *mine = opinions_count_of(map, g + 1, j);
    struct opinions_count rest = others(map, g, j);
    double s = agree ? mine->agree : mine->disagree, n = answers(mine);
    double rest_s = agree ? rest.agree : rest.disagree, rest_n = answers(&rest);
    return (struct stance){ .chance = shrunk(s, n),
                            .chance_z = one_proportion(s, n),
                            .ratio = shrunk(s, n) / shrunk(rest_s, rest_n),
                            .ratio_z = two_proportions(s, n, rest_s, rest_n) };
}

static double strength(const struct stance *s)
{
    return s->ratio * s->ratio_z * s->chance * s->chance_z;
}

static bool is_sure(const struct stance *s)
{
    return s->ratio_z > sure_90 && s->chance_z > sure_90;
}

/* Keeps the strongest few, strongest first; of equals the earlier statement. */
static void keep(struct stands_for *kept, uint32_t *count, const struct stands_for *fresh)
{
    uint32_t at = *count;
    while (at > 0 && kept[at - 1].strength < fresh->strength)
        at--;
    if (at >= MEANING_MOST)
        return;
    uint32_t last = *count < MEANING_MOST ? (*count)++ : MEANING_MOST - 1;
    for (uint32_t i = last; i > at; i--)
        kept[i] = kept[i - 1];
    kept[at] = *fresh;
}

/* When nothing passes both tests, the one most unlike the others speaks for the group. */
static void stand_for(struct opinions_meaning *m, const struct opinions_map *map, uint32_t g)
{
    struct stands_for best = { .statement = NO_STATEMENT };
    for (uint32_t j = 0; j < map->statements; j++) {
        if (answers(opinions_count_of(map, g + 1, j)) <= 0)
            continue;
        struct stance yes = opinions_stance(map, g, j, true);
        struct stance no = opinions_stance(map, g, j, false);
        bool agree = yes.ratio_z > no.ratio_z;
        struct stands_for fresh = { (int32_t)j, agree, agree ? yes : no, 0 };
        fresh.strength = strength(&fresh.stance);
        if (is_sure(&fresh.stance))
            keep(m->group[g], &m->count[g], &fresh);
        if (best.statement == NO_STATEMENT || fresh.stance.ratio_z > best.stance.ratio_z)
            best = fresh;
    }
    if (m->count[g] == 0 && best.statement != NO_STATEMENT)
        m->group[g][m->count[g]++] = best;
}

static void among_groups(const struct opinions_map *map, uint32_t j, struct statement_meaning *s)
{
    double least = 1, most = 0;
    s->consensus = s->rejection = 1;
    for (uint32_t g = 0; g < map->k; g++) {
        const struct opinions_count *c = opinions_count_of(map, g + 1, j);
        double agree = shrunk(c->agree, answers(c));
        s->consensus *= agree;
        s->rejection *= shrunk(c->disagree, answers(c));
        least = agree < least ? agree : least;
        most = agree > most ? agree : most;
    }
    s->divides = most - least;
}

/* Without groups: the people on both sides of the widest difference take the place of two. */
static void among_sides(const struct opinions_map *map, const struct csr *votes,
                        struct statement_meaning *meaning)
{
    struct opinions_count *side = memory_new((size_t)map->statements * 2, sizeof *side);
    for (uint32_t i = 0; i < map->people; i++)
        for (uint64_t e = votes->start[i]; e < votes->start[i + 1]; e++) {
            size_t at = (size_t)votes->target[e] * 2 + (map->x[i] > 0);
            side[at].agree += votes->value[e] > 0;
            side[at].disagree += votes->value[e] < 0;
            side[at].pass += votes->value[e] == 0;
        }
    for (uint32_t j = 0; j < map->statements; j++) {
        const struct opinions_count *a = &side[j * 2], *b = a + 1;
        double left = shrunk(a->agree, answers(a)), right = shrunk(b->agree, answers(b));
        meaning[j].consensus = left * right;
        meaning[j].rejection = shrunk(a->disagree, answers(a)) * shrunk(b->disagree, answers(b));
        meaning[j].divides = fabs(left - right);
    }
    memory_free(side);
}

/* Polis' comment priority: rather statements that are not passed over, that are agreed with,
 * that lie far out on the map, and that few have seen yet. */
static double priority(const struct opinions_map *map, uint32_t j)
{
    const struct opinions_count *c = opinions_count_of(map, 0, j);
    double n = answers(c), x = (double)map->loading_x[j], y = (double)map->loading_y[j];
    double extremity = sqrt((x * x + y * y) * map->statements);
    double importance = (1 - shrunk(c->pass, n)) * (extremity + 1) * shrunk(c->agree, n);
    double fresh = importance * (1 + 8 * pow(2, -n / 5));
    return fresh * fresh;
}

void opinions_meaning_make(struct opinions_meaning *m, const struct opinions_map *map,
                           const struct csr *votes)
{
    *m = (struct opinions_meaning){ 0 };
    m->statement = memory_new(map->statements, sizeof *m->statement);
    for (uint32_t j = 0; j < map->statements; j++) {
        if (map->k)
            among_groups(map, j, &m->statement[j]);
        m->statement[j].priority = priority(map, j);
    }
    if (!map->k)
        among_sides(map, votes, m->statement);
    for (uint32_t g = 0; g < map->k; g++)
        stand_for(m, map, g);
}

void opinions_meaning_free(struct opinions_meaning *m)
{
    memory_free(m->statement);
    *m = (struct opinions_meaning){ 0 };
}

int32_t opinions_next(const struct opinions_meaning *m, const struct csr *votes, uint32_t person)
{
    int32_t best = NO_STATEMENT;
    uint64_t e = votes->start[person], end = votes->start[person + 1];
    for (uint32_t j = 0; j < votes->columns; j++) {
        while (e < end && votes->target[e] < j)
            e++;
        if (e < end && votes->target[e] == j)
            continue;
        if (best == NO_STATEMENT || m->statement[j].priority > m->statement[best].priority)
            best = (int32_t)j;
    }
    return best;
}

/* Agreed on (or rejected) means: by more than half in every group, and by most surely. */
static bool counts(const struct opinions_map *map, uint32_t j, enum opinions_order order)
{
    const struct opinions_count *all = opinions_count_of(map, 0, j);
    if (order == BY_DIVISION)
        return answers(all) > 0;
    bool agree = order == BY_CONSENSUS;
    if (one_proportion(agree ? all->agree : all->disagree, answers(all)) <= sure_90)
        return false;
    for (uint32_t g = 0; g < map->k; g++) {
        const struct opinions_count *c = opinions_count_of(map, g + 1, j);
        if (shrunk(agree ? c->agree : c->disagree, answers(c)) <= 0.5)
            return false;
    }
    return true;
}

uint32_t opinions_best(const struct opinions_meaning *m, const struct opinions_map *map,
                       enum opinions_order order, uint32_t most, uint32_t *statement)
{
    uint32_t count = 0;
    for (uint32_t j = 0; j < map->statements; j++) {
        if (!counts(map, j, order))
            continue;
        uint32_t at = count < most ? count++ : most;
        for (; at > 0; at--) {
            const struct statement_meaning *mine = &m->statement[j];
            const struct statement_meaning *other = &m->statement[statement[at - 1]];
            double here = order == BY_CONSENSUS   ? mine->consensus - other->consensus
                          : order == BY_REJECTION ? mine->rejection - other->rejection
                                                  : mine->divides - other->divides;
            if (here <= 0)
                break;
            if (at < most)
                statement[at] = statement[at - 1];
        }
        if (at < most)
            statement[at] = j;
    }
    return count;
}
