/* pack.h - plain values as bytes and back, for what the front and the vault say to each other.
 *
 * Little-endian numbers; text is a length (32 bits) and its bytes. A reader that runs past the
 * end sets `bad` and gives zeros from then on: look once, at the end. */
#ifndef NABIJ_BASE_PACK_H
#define NABIJ_BASE_PACK_H

#include "base/id.h"
#include "base/out.h"

void pack_number(struct out *out, uint64_t number);
void pack_text(struct out *out, struct str text);
void pack_id(struct out *out, struct id id);

struct unpack {
    struct str left;
    bool bad;
};

uint64_t unpack_number(struct unpack *from);
struct str unpack_text(struct unpack *from); /* points into the bytes read */
struct id unpack_id(struct unpack *from);
bool unpack_done(const struct unpack *from); /* all of it, and none bad */

#endif
