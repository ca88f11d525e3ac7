/* names.h - gives every different name a number, and keeps the names.
 *
 * A name is borrowed text: it must stay where it is as long as the table is used. Numbers
 * count from 0 in order of first sight; names_sort puts them in the order of a telephone
 * list of numbers (short before long, then by bytes), whatever the order of sight. */
#ifndef NABIJ_COMMANDS_NAMES_H
#define NABIJ_COMMANDS_NAMES_H

#include <stdint.h>

#include "base/str.h"

#define NAMES_NONE UINT32_MAX

struct names_slot;

struct names {
    struct str *name; /* number → name */
    uint32_t count, room;
    struct names_slot *slot;
    uint32_t mask;
};

void names_open(struct names *names);
void names_close(struct names *names);
uint32_t names_number(struct names *names, struct str name);     /* adds it when it is new */
uint32_t names_find(const struct names *names, struct str name); /* or NAMES_NONE */

/* Renumbers; fresh[old number] = new number, memory of the caller, count long. */
void names_sort(struct names *names, uint32_t *fresh);

#endif
