/* mkwords.h - the catalogues, as read (mkwords_read.c) and compared and written (mkwords.c). */
#ifndef NABIJ_TOOLS_MKWORDS_H
#define NABIJ_TOOLS_MKWORDS_H

#include "tools/text.h"
#include "web/words.h"

struct entry {
    struct str key, id;                 /* "mandate.until", mandate_until */
    struct str form[WORDS_FORMS];       /* unescaped */
    size_t where, at_form[WORDS_FORMS]; /* offsets in the file */
    int forms;
    bool plural; /* it has a msgid_plural */
    struct names arguments;
};

struct catalogue {
    struct source source;
    struct str code, name;
    bool right_to_left;
    struct entry *at;
    size_t count, room;
};

/* Reads one .po file. Mistakes are told; the entries that are right are kept. */
void catalogue_read(const char *path, struct catalogue *catalogue);

/* NULL when it is not there. */
const struct entry *catalogue_find(const struct catalogue *catalogue, struct str key);

#endif
