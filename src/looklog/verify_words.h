/* verify_words.h - what the checks say, in Dutch and English, for somebody who never saw a log.
 *
 * The command line works where nabij's message catalogues are not, on the machine of a resident;
 * so these few sentences stand in a table of their own. */
#ifndef NABIJ_LOOKLOG_VERIFY_WORDS_H
#define NABIJ_LOOKLOG_VERIFY_WORDS_H

#include "base/out.h"

enum finding {
    /* good news */
    FOUND_FOLDER_GOOD,  /* entries, people */
    FOUND_SIGNED_UP_TO, /* entries signed, not signed yet */
    FOUND_BUNDLE_GOOD,  /* entries, tree size */
    FOUND_EARLIER_GOOD, /* earlier size */
    /* cannot be read */
    FOUND_UNREADABLE, /* file */
    FOUND_NOT_A_BUNDLE,
    FOUND_EARLIER_UNREADABLE,
    /* wrong, in a folder: file, byte, entry number */
    FOUND_HEADER,
    FOUND_FORM,
    FOUND_CUT,
    FOUND_CHECK,
    FOUND_LEAF,
    FOUND_SEQ,
    FOUND_PREVIOUS,
    FOUND_DURABLE,
    FOUND_REST,
    FOUND_NODE,       /* hash number, entry number */
    FOUND_NODES_SIZE, /* bytes there, bytes expected */
    FOUND_PLACE,      /* entry number */
    FOUND_PLACES_SIZE,
    FOUND_KEY,
    FOUND_MISSING, /* file */
    FOUND_NOTE,    /* file */
    FOUND_OTHER_NAME,
    FOUND_ROOT,      /* size */
    FOUND_TOO_SHORT, /* entries there, entries signed */
    FOUND_CHAIN,     /* size */
    FOUND_HEADS,
    FOUND_HEADS_STALE, /* size */
    /* wrong, in a bundle */
    FOUND_FIELD, /* name */
    FOUND_BUNDLE_KEY,
    FOUND_BUNDLE_NOTE,
    FOUND_LAST_NOTE,
    FOUND_COUNT,       /* entries there, entries signed */
    FOUND_ENTRY_FORM,  /* entry */
    FOUND_ENTRY_SEQ,   /* entry, number it says */
    FOUND_ENTRY_WHO,   /* entry */
    FOUND_ENTRY_PROOF, /* entry, leaf */
    FOUND_BRIDGE,      /* from */
    /* against something earlier */
    FOUND_EARLIER_KEY,
    FOUND_EARLIER_NOTE,
    FOUND_EARLIER_LATER, /* earlier size, size now */
    FOUND_NO_BRIDGE,     /* earlier size */
    FOUND_FORK,          /* earlier size */
    FOUND_ENTRY_CHANGED, /* entry */
    FOUND_EARLIER_WHO,
    FINDINGS
};

/* One line. `what` is a file's or field's name; a and b the numbers the finding is about. */
void finding_say(struct out *report, bool dutch, enum finding finding, const char *what, uint64_t a,
                 uint64_t b);

#endif
