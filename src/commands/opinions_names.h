/* commands/opinions_names.h - gives each different id a number, in order of appearance.
 *
 * The texts are copied to the arena. Afterwards opinions_names_sort says in which order people
 * expect them: whole numbers by value first, then the others by their bytes. */
#ifndef NABIJ_COMMANDS_OPINIONS_NAMES_H
#define NABIJ_COMMANDS_OPINIONS_NAMES_H

#include "base/arena.h"
#include "base/str.h"

enum { NO_NAME = UINT32_MAX };

struct opinions_names {
    struct arena *arena;
    struct str *name;
    uint32_t count, room;
    uint32_t *slot; /* number + 1, or 0 */
    uint32_t slots;
};

void opinions_names_open(struct opinions_names *names, struct arena *arena);
void opinions_names_close(struct opinions_names *names);
uint32_t opinions_names_add(struct opinions_names *names, struct str name);
uint32_t opinions_names_find(const struct opinions_names *names, struct str name); /* or NO_NAME */

/* order[0] is the number of the first name; `order` has room for count. */
void opinions_names_sort(const struct opinions_names *names, uint32_t *order);

#endif
