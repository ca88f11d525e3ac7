/* id.h - 128 random bits that name a thing; shown as 26 letters and digits.
 *
 * Nothing can be counted or guessed from the outside. The text form is base32 with the
 * alphabet abcdefghjkmnpqrstvwxyz0123456789 (no i, l, o, u), most significant bits first. */
#ifndef NABIJ_BASE_ID_H
#define NABIJ_BASE_ID_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum { ID_BYTES = 16, ID_LETTERS = 26 };

struct id {
    uint8_t b[ID_BYTES];
};

struct id id_new(void);
bool id_is(struct id a, struct id b);
bool id_is_none(struct id id); /* all zero: "nobody", "nothing" */
struct str id_text(struct arena *arena, struct id id);
void id_write(struct id id, char letters[ID_LETTERS]);
bool id_read(struct str text, struct id *id);

#endif
