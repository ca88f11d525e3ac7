#include "city.h"

#include <stdlib.h>

#include "maths/random.h"

enum { STREET = 48, QUARTER = 1024, DISTRICT = 10240 };

static uint32_t neighbour_within(struct random *r, uint32_t person, uint32_t size, uint32_t people)
{
    uint32_t first = person / size * size;
    uint32_t room = people - first < size ? people - first : size;
    return first + random_below(r, room);
}

static bool keeps_apart(uint32_t person)
{
    return (person * 2654435761u >> 28) == 0;
}

static uint32_t somebody_near(struct random *r, uint32_t person, uint32_t people)
{
    uint32_t dice = random_below(r, 100);
    if (dice < 50)
        return neighbour_within(r, person, STREET, people);
    if (dice < 78)
        return neighbour_within(r, person, QUARTER, people);
    if (dice < 93)
        return neighbour_within(r, person, DISTRICT, people);
    return random_below(r, people);
}

/* Remembers which lines there are: an open table of pairs. */
struct seen {
    uint64_t *pair, mask;
};

static bool is_new(struct seen *seen, uint32_t a, uint32_t b)
{
    uint64_t pair = a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
    uint64_t at = pair * 0x9e3779b97f4a7c15u >> 20 & seen->mask;
    for (; seen->pair[at]; at = (at + 1) & seen->mask)
        if (seen->pair[at] == pair)
            return false;
    seen->pair[at] = pair;
    return true;
}

static uint32_t *names(struct random *r, uint32_t people, bool shuffled)
{
    uint32_t *name = malloc(people * sizeof *name);
    for (uint32_t i = 0; i < people; i++)
        name[i] = i;
    for (uint32_t i = people; shuffled && i > 1; i--) {
        uint32_t j = random_below(r, i), swap = name[j];
        name[j] = name[i - 1];
        name[i - 1] = swap;
    }
    return name;
}

void city_make(uint32_t people, uint64_t lines, uint64_t seed, bool shuffled, uint32_t *a,
               uint32_t *b)
{
    struct random r, shuffle;
    random_seed(&r, seed);
    random_split(&shuffle, seed, 1);
    uint32_t *name = names(&shuffle, people, shuffled);
    struct seen seen = { .mask = 1 };
    while (seen.mask < 2 * lines)
        seen.mask = seen.mask * 2 + 1;
    seen.pair = calloc(seen.mask + 1, sizeof *seen.pair);
    for (uint64_t i = 0; i < lines;) {
        uint32_t from = random_below(&r, people), to = somebody_near(&r, from, people);
        bool shy = keeps_apart(from) || keeps_apart(to);
        if (from == to || (shy && random_below(&r, 8) != 0) || !is_new(&seen, from, to))
            continue;
        a[i] = name[from];
        b[i] = name[to];
        i++;
    }
    free(seen.pair);
    free(name);
}
