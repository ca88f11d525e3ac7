#include "base/secret.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

static void (*other_source)(void *bytes, size_t size);

/* Small requests are the rule (ids, nonces), so a block is drawn at a time; what has been
 * handed out is wiped from it. */
static uint8_t pool[1024];
static size_t pool_left;

static void from_kernel(void *bytes, size_t size)
{
    uint8_t *to = bytes;
    while (size) {
        ssize_t got = getrandom(to, size, 0);
        if (got < 0)
            abort();
        to += got;
        size -= (size_t)got;
    }
}

void secret_random(void *bytes, size_t size)
{
    if (other_source) {
        other_source(bytes, size);
        return;
    }
    if (size > sizeof pool / 4) {
        from_kernel(bytes, size);
        return;
    }
    if (size > pool_left) {
        from_kernel(pool, sizeof pool);
        pool_left = sizeof pool;
    }
    uint8_t *from = pool + sizeof pool - pool_left;
    memcpy(bytes, from, size);
    explicit_bzero(from, size);
    pool_left -= size;
}

void secret_source(void (*source)(void *bytes, size_t size))
{
    other_source = source;
}
