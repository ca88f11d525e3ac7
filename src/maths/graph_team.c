#include "maths/graph_team.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

#include "base/memory.h"

/* How often a waiting thread looks again before it goes to sleep. */
enum { PATIENCE = 4000 };

struct member {
    struct team *team;
    int number;
    pthread_t thread;
};

struct team {
    int size;
    struct member members[TEAM_MAX];
    pthread_mutex_t lock;
    pthread_cond_t begin, done;
    atomic_uint turn; /* which piece of work */
    atomic_int busy;  /* helpers that have not finished this turn */
    bool closing;
    team_work *work;
    void *data;
    uint32_t parts;
    _Alignas(64) atomic_uint next;
};

static inline void breathe(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#endif
}

static void take_parts(struct team *team, int member)
{
    for (;;) {
        uint32_t part = atomic_fetch_add_explicit(&team->next, 1, memory_order_relaxed);
        if (part >= team->parts)
            return;
        team->work(team->data, part, member);
    }
}

static void wait_for_turn(struct team *team, unsigned seen)
{
    for (int i = 0; i < PATIENCE; i++) {
        if (atomic_load_explicit(&team->turn, memory_order_acquire) != seen)
            return;
        breathe();
    }
    pthread_mutex_lock(&team->lock);
    while (atomic_load(&team->turn) == seen)
        pthread_cond_wait(&team->begin, &team->lock);
    pthread_mutex_unlock(&team->lock);
}

static void *help_out(void *of)
{
    struct member *me = of;
    struct team *team = me->team;
    for (unsigned seen = 0;; seen++) {
        wait_for_turn(team, seen);
        if (team->closing)
            return NULL;
        take_parts(team, me->number);
        if (atomic_fetch_sub(&team->busy, 1) == 1) {
            pthread_mutex_lock(&team->lock);
            pthread_cond_signal(&team->done);
            pthread_mutex_unlock(&team->lock);
        }
    }
}

struct team *team_new(int threads)
{
    if (threads < 1)
        threads = (int)sysconf(_SC_NPROCESSORS_ONLN);
    threads = threads < 1 ? 1 : threads > TEAM_MAX ? TEAM_MAX : threads;
    struct team *team = memory_new(1, sizeof *team);
    pthread_mutex_init(&team->lock, NULL);
    pthread_cond_init(&team->begin, NULL);
    pthread_cond_init(&team->done, NULL);
    team->size = 1;
    for (int i = 1; i < threads; i++) {
        struct member *m = &team->members[i];
        *m = (struct member){ .team = team, .number = i };
        if (pthread_create(&m->thread, NULL, help_out, m) != 0)
            break; /* fewer hands, the same answer */
        team->size = i + 1;
    }
    return team;
}

static void begin_turn(struct team *team)
{
    pthread_mutex_lock(&team->lock);
    atomic_store(&team->busy, team->size - 1);
    atomic_fetch_add(&team->turn, 1);
    pthread_cond_broadcast(&team->begin);
    pthread_mutex_unlock(&team->lock);
}

void team_free(struct team *team)
{
    if (!team)
        return;
    team->closing = true;
    begin_turn(team);
    for (int i = 1; i < team->size; i++)
        pthread_join(team->members[i].thread, NULL);
    pthread_mutex_destroy(&team->lock);
    pthread_cond_destroy(&team->begin);
    pthread_cond_destroy(&team->done);
    memory_free(team);
}

int team_size(const struct team *team)
{
    return team->size;
}

static void wait_until_done(struct team *team)
{
    for (int i = 0; i < PATIENCE; i++) {
        if (atomic_load_explicit(&team->busy, memory_order_acquire) == 0)
            return;
        breathe();
    }
    pthread_mutex_lock(&team->lock);
    while (atomic_load(&team->busy) != 0)
        pthread_cond_wait(&team->done, &team->lock);
    pthread_mutex_unlock(&team->lock);
}

void team_do(struct team *team, uint32_t parts, team_work *work, void *data)
{
    if (team->size == 1 || parts < 2) {
        for (uint32_t part = 0; part < parts; part++)
            work(data, part, 0);
        return;
    }
    team->work = work;
    team->data = data;
    team->parts = parts;
    atomic_store(&team->next, 0);
    begin_turn(team);
    take_parts(team, 0);
    wait_until_done(team);
}
