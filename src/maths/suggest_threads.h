/* maths/suggest_threads.h - shares a row of equal pieces of work among a few threads. */
#ifndef NABIJ_MATHS_SUGGEST_THREADS_H
#define NABIJ_MATHS_SUGGEST_THREADS_H

#include <stdint.h>

#define SUGGEST_THREADS_MAX 64u

/* Does from … to-1. `thread` tells which worker it is (0 … threads-1), for its own scratch. */
typedef void suggest_part(void *with, uint64_t from, uint64_t to, unsigned thread);

/* Calls `part` for pieces of at most `piece` until 0 … count-1 are done; returns when all are.
 * When a thread cannot be started the others do its work. */
void suggest_share_work(unsigned threads, uint64_t count, uint64_t piece, suggest_part *part,
                        void *with);

/* At least 1, at most SUGGEST_THREADS_MAX. */
unsigned suggest_threads_wise(unsigned threads);

#endif
