/* bundle.h - the proof bundle's words, for the file that writes it and the one that checks it.
 * docs/proof-bundle.md describes it for everybody else. */
#ifndef NABIJ_LOOKLOG_BUNDLE_H
#define NABIJ_LOOKLOG_BUNDLE_H

#include "base/id.h"
#include "base/out.h"

#define BUNDLE_FORMAT "nabij look log bundle 1"

/* The signed statement of how many entries somebody has: without it the newest could be left
 * out of a bundle unseen. */
struct last_note {
    struct str origin;
    struct id subject;
    uint64_t seq, leaves;
};
void last_note_write(const struct last_note *last, struct out *text);
bool last_note_read(struct str text, struct last_note *last);

#endif
