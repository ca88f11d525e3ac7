#include "base/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static unsigned long fail_in;

static int must_fail(void)
{
    return fail_in != 0 && --fail_in == 0;
}

static _Noreturn void out_of_memory(void)
{
    static const char sentence[] = "nabij: out of memory, stopping\n";
    fwrite(sentence, 1, sizeof sentence - 1, stderr);
    _Exit(70);
}

void *memory_new(size_t count, size_t size)
{
    void *fresh = must_fail() ? NULL : calloc(count ? count : 1, size ? size : 1);
    if (!fresh)
        out_of_memory();
    return fresh;
}

void *memory_grow(void *old, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || must_fail())
        out_of_memory();
    void *grown = realloc(old, bytes ? bytes : 1);
    if (!grown)
        out_of_memory();
    return grown;
}

void memory_free(void *old)
{
    free(old);
}

void memory_fail_at(unsigned long n)
{
    fail_in = n;
}
