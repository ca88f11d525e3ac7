/* arena.h - memory that lives exactly as long as one piece of work.
 *
 * A request, an act or a command has one arena. What is taken from it is given
 * back all at once by arena_reset; nobody frees a part. Memory comes zeroed. An
 * arena has a limit; asking for more is a bug or an attack and stops the process. */
#ifndef NABIJ_BASE_ARENA_H
#define NABIJ_BASE_ARENA_H

#include <stddef.h>

struct arena;

/* `limit` in bytes, all blocks together. */
struct arena *arena_new(size_t limit);
void arena_free(struct arena *arena);

/* Forgets everything taken; keeps the first block for the next piece of work. */
void arena_reset(struct arena *arena);

/* Zeroed and aligned for any type. `size` 0 gives a valid pointer to nothing. */
void *arena_take(struct arena *arena, size_t size);

/* `count` things of `size` bytes, the multiplication checked. */
void *arena_take_many(struct arena *arena, size_t count, size_t size);

/* Bytes taken since the last reset. */
size_t arena_used(const struct arena *arena);

#define ARENA_NEW(arena, type)         ((type *)arena_take((arena), sizeof(type)))
#define ARENA_MANY(arena, count, type) ((type *)arena_take_many((arena), (count), sizeof(type)))

#endif
