#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { FIRST_BLOCK = 16 * 1024, ALIGN = alignof(max_align_t) };

struct block {
    struct block *next;
    size_t size, used;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *first, *now;
    size_t limit, held, used;
};

static struct block *block_new(struct arena *arena, size_t size)
{
    if (size > arena->limit - arena->held) {
        fprintf(stderr, "nabij: one piece of work asked for more than %zu bytes, stopping\n",
                arena->limit);
        abort();
    }
    struct block *block = memory_new(1, sizeof *block + size);
    block->size = size;
    arena->held += size;
    return block;
}

struct arena *arena_new(size_t limit)
{
    struct arena *arena = memory_new(1, sizeof *arena);
    arena->limit = limit < FIRST_BLOCK ? FIRST_BLOCK : limit;
    arena->first = arena->now = block_new(arena, FIRST_BLOCK);
    return arena;
}

static void free_after(struct arena *arena, struct block *block)
{
    struct block *next;
    for (struct block *b = block->next; b; b = next) {
        next = b->next;
        arena->held -= b->size;
        memory_free(b);
    }
    block->next = NULL;
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    free_after(arena, arena->first);
    memory_free(arena->first);
    memory_free(arena);
}

void arena_reset(struct arena *arena)
{
    free_after(arena, arena->first);
    memset(arena->first->bytes, 0, arena->first->used);
    arena->first->used = 0;
    arena->now = arena->first;
    arena->used = 0;
}

void *arena_take(struct arena *arena, size_t size)
{
    if (size > arena->limit)
        size = arena->limit + 1; /* block_new refuses it; the rounding below cannot wrap */
    size_t rounded = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    struct block *block = arena->now;
    if (rounded > block->size - block->used) {
        size_t fresh = block->size * 2;
        if (fresh > arena->limit - arena->held)
            fresh = rounded;
        block = block_new(arena, fresh > rounded ? fresh : rounded);
        arena->now->next = block;
        arena->now = block;
    }
    void *taken = block->bytes + block->used;
    block->used += rounded;
    arena->used += rounded;
    return taken;
}

void *arena_take_many(struct arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        bytes = SIZE_MAX;
    return arena_take(arena, bytes);
}

size_t arena_used(const struct arena *arena)
{
    return arena->used;
}
