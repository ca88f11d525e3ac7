/* secret.h - random bytes nobody can predict, from the kernel.
 *
 * Behind an interface so that a test can make a run repeatable. Never fails: without
 * randomness nothing here is safe, so the process stops. */
#ifndef NABIJ_BASE_SECRET_H
#define NABIJ_BASE_SECRET_H

#include <stddef.h>

void secret_random(void *bytes, size_t size);

/* For tests only: replaces the source; NULL puts the kernel back. */
void secret_source(void (*source)(void *bytes, size_t size));

#endif
