/* The state is one number: turn (24 bits), parts (20 bits), next part (20 bits). A thread takes
 * a part by raising `next` with compare-and-swap, which can only succeed while that turn has
 * parts left; as long as it has, its work and subject are not overwritten. */
#include "maths/opinions_team.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "base/memory.h"

enum { BITS = 20, SPINS = 4000 };
static const uint64_t part_mask = (1u << BITS) - 1;

struct opinions_team {
    _Atomic uint64_t state;
    _Atomic uint32_t done, sleepers;
    _Atomic(opinions_team_work *) work;
    _Atomic(void *) what;
    _Atomic bool ended;
    pthread_mutex_t door;
    pthread_cond_t bell;
    uint32_t threads;
    pthread_t thread[TEAM_MOST_THREADS];
};

static void breathe(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

static bool has_parts(uint64_t state)
{
    return (state & part_mask) < ((state >> BITS) & part_mask);
}

static bool take_part(struct opinions_team *team)
{
    uint64_t state = atomic_load(&team->state);
    if (!has_parts(state))
        return false;
    opinions_team_work *work = atomic_load(&team->work);
    void *what = atomic_load(&team->what);
    if (!atomic_compare_exchange_strong(&team->state, &state, state + 1))
        return true; /* somebody else was first: look again */
    work(what, (uint32_t)(state & part_mask));
    atomic_fetch_add(&team->done, 1);
    return true;
}

static void sleep_until_work(struct opinions_team *team)
{
    pthread_mutex_lock(&team->door);
    atomic_fetch_add(&team->sleepers, 1);
    while (!has_parts(atomic_load(&team->state)) && !atomic_load(&team->ended))
        pthread_cond_wait(&team->bell, &team->door);
    atomic_fetch_sub(&team->sleepers, 1);
    pthread_mutex_unlock(&team->door);
}

static void *helper(void *argument)
{
    struct opinions_team *team = argument;
    uint32_t idle = 0;
    while (!atomic_load(&team->ended)) {
        if (take_part(team)) {
            idle = 0;
        } else if (++idle < SPINS) {
            breathe();
        } else {
            sleep_until_work(team);
            idle = 0;
        }
    }
    return NULL;
}

struct opinions_team *opinions_team_new(uint32_t threads)
{
    if (threads < 2)
        return NULL;
    struct opinions_team *team = memory_new(1, sizeof *team);
    pthread_mutex_init(&team->door, NULL);
    pthread_cond_init(&team->bell, NULL);
    if (threads > TEAM_MOST_THREADS)
        threads = TEAM_MOST_THREADS;
    while (team->threads < threads - 1 &&
           pthread_create(&team->thread[team->threads], NULL, helper, team) == 0)
        team->threads++; /* fewer threads than asked for give the same answer, later */
    return team;
}

static void ring(struct opinions_team *team)
{
    if (atomic_load(&team->sleepers) == 0)
        return;
    pthread_mutex_lock(&team->door);
    pthread_cond_broadcast(&team->bell);
    pthread_mutex_unlock(&team->door);
}

void opinions_team_free(struct opinions_team *team)
{
    if (!team)
        return;
    pthread_mutex_lock(&team->door);
    atomic_store(&team->ended, true);
    pthread_cond_broadcast(&team->bell);
    pthread_mutex_unlock(&team->door);
    for (uint32_t i = 0; i < team->threads; i++)
        pthread_join(team->thread[i], NULL);
    pthread_cond_destroy(&team->bell);
    pthread_mutex_destroy(&team->door);
    memory_free(team);
}

void opinions_team_run(struct opinions_team *team, uint32_t parts, opinions_team_work *work,
                       void *what)
{
    if (!team || parts < 2 || parts >= TEAM_MOST_PARTS) {
        for (uint32_t i = 0; i < parts; i++)
            work(what, i);
        return;
    }
    atomic_store(&team->work, work);
    atomic_store(&team->what, what);
    atomic_store(&team->done, 0);
    uint64_t turn = (atomic_load(&team->state) >> (2 * BITS)) + 1;
    atomic_store(&team->state, turn << (2 * BITS) | (uint64_t)parts << BITS);
    ring(team);
    while (take_part(team))
        ;
    for (uint32_t spins = 0; atomic_load(&team->done) < parts; spins++) {
        if (spins < SPINS)
            breathe();
        else
            sched_yield();
    }
}
