#include "maths/suggest_threads.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

struct shared {
    _Atomic uint64_t next;
    uint64_t count, piece;
    suggest_part *part;
    void *with;
};

struct worker {
    struct shared *shared;
    unsigned number;
    pthread_t thread;
    bool started;
};

static void *work(void *arg)
{
    struct worker *w = arg;
    struct shared *s = w->shared;
    for (;;) {
        uint64_t from = atomic_fetch_add(&s->next, s->piece);
        if (from >= s->count)
            return NULL;
        uint64_t to = s->count - from < s->piece ? s->count : from + s->piece;
        s->part(s->with, from, to, w->number);
    }
}

unsigned suggest_threads_wise(unsigned threads)
{
    if (threads < 1)
        return 1;
    return threads > SUGGEST_THREADS_MAX ? SUGGEST_THREADS_MAX : threads;
}

void suggest_share_work(unsigned threads, uint64_t count, uint64_t piece, suggest_part *part,
                        void *with)
{
    struct shared shared = { .count = count, .piece = piece, .part = part, .with = with };
    struct worker workers[SUGGEST_THREADS_MAX];
    threads = suggest_threads_wise(threads);
    for (unsigned t = 0; t < threads; t++)
        workers[t] = (struct worker){ .shared = &shared, .number = t };
    for (unsigned t = 1; t < threads && t * piece < count; t++)
        workers[t].started = pthread_create(&workers[t].thread, NULL, work, &workers[t]) == 0;
    work(&workers[0]);
    for (unsigned t = 1; t < threads; t++)
        if (workers[t].started)
            pthread_join(workers[t].thread, NULL);
}
