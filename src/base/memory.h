/* memory.h - the one door to the allocator.
 *
 * Everything that lives longer than a request comes through here, so that a test
 * can count it or make it fail. Out of memory is not an outcome that callers
 * handle: it stops the process with one line on standard error, and the
 * supervisor starts it again. Domain modules do not include this header; they
 * borrow from an arena (arena.h). */
#ifndef NABIJ_BASE_MEMORY_H
#define NABIJ_BASE_MEMORY_H

#include <stddef.h>

/* Zeroed memory for `count` things of `size` bytes. Never returns NULL. */
void *memory_new(size_t count, size_t size);

/* Makes room for `count` things; keeps what was there. Never returns NULL. The
 * new part is not zeroed. */
void *memory_grow(void *old, size_t count, size_t size);

void memory_free(void *old);

/* For tests: the n-th allocation from now on fails (1 = the next). 0 = none. */
void memory_fail_at(unsigned long n);

#endif
