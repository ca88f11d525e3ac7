/* commands/opinions_names.h - gives each different id a number, in order of appearance.
 *
 * The texts are copied to the arena. Afterwards names_sort says in which order people expect
 * them: whole numbers by value first, then the others by their bytes. */
#ifndef NABIJ_COMMANDS_OPINIONS_NAMES_H
#define NABIJ_COMMANDS_OPINIONS_NAMES_H

#include "base/arena.h"
#include "base/str.h"

enum { NO_NAME = UINT32_MAX };

struct names {
    struct arena *arena;
    struct str *name;
    uint32_t count, room;
    uint32_t *slot; /* number + 1, or 0 */
    uint32_t slots;
};

void names_open(struct names *names, struct arena *arena);
void names_close(struct names *names);
uint32_t names_add(struct names *names, struct str name);
uint32_t names_find(const struct names *names, struct str name); /* or NO_NAME */

/* order[0] is the number of the first name; `order` has room for count. */
void names_sort(const struct names *names, uint32_t *order);

#endif
