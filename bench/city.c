/* city.c - makes a city to measure in: people.csv and lines.csv of any size, from a seed.
 *
 *   city streets  PEOPLE LINES SEED DIRECTORY   streets, districts, a few long ties
 *   city heavy    PEOPLE LINES SEED DIRECTORY   the same streets, but some know thousands
 *
 * Streets: a hundred people along 200 metres, fifty streets a district, districts on a grid
 * of 1.2 km. Of all lines 60 % stay in the street, 32 % in the district, 6 % go next door, 2 %
 * anywhere. Heavy: how many lines somebody has follows a power law (exponent 2.5), half of
 * them in the district, half anywhere. Tags are Zipf-like out of 2,000 a kind, five each. Ids
 * and rows are shuffled: what is near in the city is not near in the file. */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "maths/random.h"

#define STREET   100u
#define DISTRICT 5000u
#define WORDS    2000u
#define EACH     5

struct city {
    uint32_t people;
    uint64_t lines;
    bool heavy;
    struct random random;
    uint32_t *name;       /* shuffled numbers, so that ids tell nothing */
    uint32_t *stub;       /* heavy: everybody as often as they attract lines */
    uint64_t *stub_start; /* people + 1 */
    uint64_t *seen;       /* the lines made so far, a hash */
    uint64_t seen_mask;
};

static uint32_t within(struct city *c, uint32_t from, uint32_t size)
{
    uint32_t end = from + size < c->people ? from + size : c->people;
    return from + random_below(&c->random, end - from);
}

/* Some people attract many: weight u^(-1/1.5), at most a thousandth of the city. */
static void make_stubs(struct city *c)
{
    uint64_t total = 0, most = c->people / 1000 + 10;
    c->stub_start = memory_new((size_t)c->people + 1, sizeof *c->stub_start);
    for (uint32_t i = 0; i < c->people; i++) {
        double weight = 3 * pow(1 - random_unit(&c->random), -1 / 1.5);
        total += weight < (double)most ? (uint64_t)weight : most;
        c->stub_start[i + 1] = total;
    }
    c->stub = memory_new(total, sizeof *c->stub);
    for (uint32_t i = 0; i < c->people; i++)
        for (uint64_t s = c->stub_start[i]; s < c->stub_start[i + 1]; s++)
            c->stub[s] = i;
}

static uint32_t attracted(struct city *c, uint32_t from, uint32_t to)
{
    uint64_t first = c->stub_start[from], last = c->stub_start[to];
    return c->stub[first + random_below(&c->random, (uint32_t)(last - first))];
}

static void draw_line(struct city *c, uint32_t *a, uint32_t *b)
{
    double luck = random_unit(&c->random);
    if (c->heavy) {
        *a = attracted(c, 0, c->people);
        uint32_t from = *a / DISTRICT * DISTRICT;
        uint32_t to = c->people - from < DISTRICT ? c->people : from + DISTRICT;
        *b = luck < 0.5 ? attracted(c, from, to) : attracted(c, 0, c->people);
        return;
    }
    *a = random_below(&c->random, c->people);
    if (luck < 0.60)
        *b = within(c, *a / STREET * STREET, STREET);
    else if (luck < 0.92)
        *b = within(c, *a / DISTRICT * DISTRICT, DISTRICT);
    else if (luck < 0.98)
        *b = within(c, *a > DISTRICT ? *a - DISTRICT : 0, 2 * DISTRICT);
    else
        *b = random_below(&c->random, c->people);
}

static bool is_new(struct city *c, uint32_t a, uint32_t b)
{
    uint64_t pair = a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
    uint64_t at = (pair * 0x9e3779b97f4a7c15u) >> 20;
    for (;; at++) {
        uint64_t *seen = &c->seen[at & c->seen_mask];
        if (*seen == pair + 1)
            return false;
        if (*seen == 0) {
            *seen = pair + 1;
            return true;
        }
    }
}

static void write_lines(struct city *c, const char *directory)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/lines.csv", directory);
    FILE *file = fopen(path, "w");
    if (!file) {
        perror(path);
        exit(1);
    }
    c->seen_mask = 1023;
    while (c->seen_mask < 2 * c->lines)
        c->seen_mask = 2 * c->seen_mask + 1;
    c->seen = memory_new(c->seen_mask + 1, sizeof *c->seen);
    fputs("a,b,since\n", file);
    for (uint64_t made = 0, tried = 0; made < c->lines && tried < 20 * c->lines; tried++) {
        uint32_t a, b;
        draw_line(c, &a, &b);
        if (a == b || !is_new(c, a, b))
            continue;
        fprintf(file, "p%u,p%u,20%02u-%02u\n", c->name[a], c->name[b],
                10 + random_below(&c->random, 15), 1 + random_below(&c->random, 12));
        made++;
    }
    fclose(file);
}

static void write_words(struct city *c, FILE *file, char letter)
{
    for (int i = 0; i < EACH; i++) {
        /* density 1/sqrt: a few words are common, most are not */
        double luck = random_unit(&c->random);
        fprintf(file, "%s%c%u", i ? ";" : "", letter, (uint32_t)(luck * luck * WORDS));
    }
    fputc(',', file);
}

static void write_person(struct city *c, FILE *file, uint32_t i)
{
    uint32_t street = i / STREET, district = i / DISTRICT;
    uint32_t side = (uint32_t)ceil(sqrt((double)(c->people / DISTRICT + 1)));
    struct random fixed; /* where a street lies is the street's, not the person's */
    random_split(&fixed, 17, street);
    double x = district % side * 1200.0 + random_unit(&fixed) * 1000;
    double y = district / side * 1200.0 + random_unit(&fixed) * 1000;
    bool north = random_below(&fixed, 2);
    double along = i % STREET / 4 * 8.0, across = i % 4 / 2 * 15.0;
    fprintf(file, "p%u,", c->name[i]);
    if (random_unit(&c->random) < 0.9)
        fputs("nl", file);
    else
        fprintf(file, "l%u", random_below(&c->random, 40));
    if (random_below(&c->random, 3) == 0)
        fprintf(file, ";l%u", random_below(&c->random, 40));
    fputc(',', file);
    write_words(c, file, 's');
    write_words(c, file, 's');
    write_words(c, file, 'i');
    uint32_t open = random_below(&c->random, 10);
    fprintf(file, "%.1f,%.1f,%u\n", x + (north ? across : along), y + (north ? along : across),
            open == 0  ? 0
            : open < 4 ? open
                       : 3);
}

static void write_people(struct city *c, const char *directory)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/people.csv", directory);
    FILE *file = fopen(path, "w");
    if (!file) {
        perror(path);
        exit(1);
    }
    fputs("id,languages,strengths,wishes,interests,x,y,open\n", file);
    uint32_t *order = memory_new(c->people, sizeof *order);
    for (uint32_t i = 0; i < c->people; i++)
        order[c->name[i]] = i;
    for (uint32_t i = 0; i < c->people; i++)
        write_person(c, file, order[(uint64_t)i * 7919 % c->people]);
    memory_free(order);
    fclose(file);
}

int main(int argc, char **argv)
{
    if (argc != 6 || (strcmp(argv[1], "streets") != 0 && strcmp(argv[1], "heavy") != 0)) {
        fputs("use: city streets|heavy PEOPLE LINES SEED DIRECTORY\n", stderr);
        return 2;
    }
    struct city c = { .people = (uint32_t)strtoul(argv[2], NULL, 10),
                      .lines = strtoull(argv[3], NULL, 10),
                      .heavy = strcmp(argv[1], "heavy") == 0 };
    if (c.people < 2 || c.people % 7919 == 0) {
        fputs("city: at least 2 people, and not a multiple of 7919\n", stderr);
        return 2;
    }
    random_seed(&c.random, strtoull(argv[4], NULL, 10));
    c.name = memory_new(c.people, sizeof *c.name);
    for (uint32_t i = 0; i < c.people; i++) {
        uint32_t j = random_below(&c.random, i + 1);
        c.name[i] = c.name[j];
        c.name[j] = i;
    }
    if (c.heavy)
        make_stubs(&c);
    write_people(&c, argv[5]);
    write_lines(&c, argv[5]);
    memory_free(c.name);
    memory_free(c.seen);
    memory_free(c.stub);
    memory_free(c.stub_start);
    return 0;
}
