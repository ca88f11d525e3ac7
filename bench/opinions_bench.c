/* opinions_bench - the whole map of a large conversation from nothing, and one vote more.
 *
 * Use: opinions_bench ROUNDS THREADS [FILE]. Prints a line a round: milliseconds for the map
 * (without and with the bootstrap) and for a refresh by the clock, then the same two (map,
 * refresh) in processor time; the votes themselves are in memory. With
 * FILE also writes the votes there for the rival: three little-endian 32-bit numbers (people,
 * statements, votes), then per vote person, statement (32 bits) and value (32-bit float), and
 * `FILE.ours` with k, inertia, 2 × statements loadings and a group a person. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "maths/opinions_live.h"
#include "maths/random.h"
#include "opinions_world.h"

enum { PEOPLE = 33422, STATEMENTS = 783, VOTES = 1970000, REFRESHES = 101 };

struct moment {
    double wall, work;
};

static double read_clock(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static struct moment moment(void)
{
    return (struct moment){ read_clock(CLOCK_MONOTONIC), read_clock(CLOCK_PROCESS_CPUTIME_ID) };
}

static struct moment since(struct moment before)
{
    struct moment now = moment();
    return (struct moment){ now.wall - before.wall, now.work - before.work };
}

static void must(int good, const char *what)
{
    if (!good) {
        perror(what);
        exit(1);
    }
}

static void write_votes(const char *path, const struct csr *votes)
{
    FILE *file = fopen(path, "wb");
    must(file != NULL, path);
    uint32_t head[3] = { votes->rows, votes->columns, (uint32_t)votes->start[votes->rows] };
    fwrite(head, sizeof *head, 3, file);
    for (uint32_t i = 0; i < votes->rows; i++)
        for (uint64_t e = votes->start[i]; e < votes->start[i + 1]; e++) {
            fwrite(&i, sizeof i, 1, file);
            fwrite(&votes->target[e], sizeof(uint32_t), 1, file);
            fwrite(&votes->value[e], sizeof(float), 1, file);
        }
    must(fclose(file) == 0, path);
}

static void write_ours(const char *path, const struct opinions_map *map)
{
    char name[4096];
    snprintf(name, sizeof name, "%s.ours", path);
    FILE *file = fopen(name, "wb");
    must(file != NULL, name);
    fprintf(file, "%u %.9g\n", map->k, map->inertia);
    for (uint32_t j = 0; j < map->statements; j++)
        fprintf(file, "%.9g %.9g\n", (double)map->loading_x[j], (double)map->loading_y[j]);
    for (uint32_t i = 0; i < map->people; i++)
        fprintf(file, "%u\n", map->group[i]);
    must(fclose(file) == 0, name);
}

static struct moment time_map(const struct csr *votes, uint32_t replicates,
                              struct opinions_team *team, const char *path)
{
    struct opinions_settings settings = opinions_usual();
    struct opinions_map map;
    settings.replicates = replicates;
    struct moment before = moment();
    opinions_map_make(&map, votes, &settings, team);
    struct moment took = since(before);
    if (path)
        write_ours(path, &map);
    opinions_map_free(&map);
    return took;
}

static int compare(const void *a, const void *b)
{
    double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

/* The median over single votes of: take the vote, bring the whole map up to date. */
static struct moment time_refresh(struct opinions_live *live, struct random *r)
{
    double wall[REFRESHES], work[REFRESHES];
    for (int i = 0; i < REFRESHES; i++) {
        uint32_t person = random_below(r, PEOPLE), statement = random_below(r, STATEMENTS);
        struct moment before = moment();
        opinions_live_vote(live, person, statement, (enum vote_kind)random_below(r, VOTE_KINDS));
        opinions_live_refresh(live);
        struct moment took = since(before);
        wall[i] = took.wall;
        work[i] = took.work;
    }
    qsort(wall, REFRESHES, sizeof *wall, compare);
    qsort(work, REFRESHES, sizeof *work, compare);
    return (struct moment){ wall[REFRESHES / 2], work[REFRESHES / 2] };
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 5;
    uint32_t threads = argc > 2 ? (uint32_t)atoi(argv[2]) : 2;
    struct opinions_settings settings = opinions_usual();
    struct world world;
    struct random r;
    random_seed(&r, 99);
    world_make(&world, PEOPLE, STATEMENTS, VOTES, 7);
    if (argc > 3)
        write_votes(argv[3], &world.votes);
    struct opinions_team *team = opinions_team_new(threads);
    settings.replicates = 0;
    struct moment before = moment();
    struct opinions_live *live = opinions_live_new(&world.votes, &settings, team);
    opinions_live_refresh(live);
    fprintf(stderr, "live: counts of all pairs and the first map in %.0f ms\n", since(before).wall);
    for (int i = 0; i < rounds; i++) {
        struct moment map = time_map(&world.votes, 0, team, argc > 3 && i == 0 ? argv[3] : NULL);
        struct moment shaken = time_map(&world.votes, 50, team, NULL);
        struct moment refresh = time_refresh(live, &r);
        printf("%.3f %.3f %.3f %.3f %.3f\n", map.wall, shaken.wall, refresh.wall, map.work,
               refresh.work);
        fflush(stdout);
    }
    opinions_live_free(live);
    opinions_team_free(team);
    world_free(&world);
    return 0;
}
