/* suggest_cells.h - one line of CSV, cell by cell; shared by the readers of `suggest`. */
#ifndef NABIJ_COMMANDS_SUGGEST_CELLS_H
#define NABIJ_COMMANDS_SUGGEST_CELLS_H

#include "base/arena.h"
#include "base/memory.h"
#include "commands/suggest_read.h"

#define CELLS_COLUMNS 64
#define CELLS_LONGEST 200u /* bytes in an id or a word */

/* A stretch of whole lines. `fault_at` is where reading stopped, NULL while all is well. */
struct cells {
    const char *begin, *at, *end;
    const char *cell;     /* where the cell being read begins */
    struct arena *copies; /* for fields with "" in them; made when needed */
    const char *fault_at;
    char what[512];
};

/* The next cell, and whether the line ends after it. False: fault. */
bool cells_next(struct cells *c, struct str *cell, bool *last);

/* Skips empty lines; false at the end of the stretch. */
bool cells_more(struct cells *c);

bool cells_fault(struct cells *c, const char *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* What was found, short enough to print: at most 40 bytes and only printable ones. */
const char *cells_found(struct str cell, char room[64]);

/* Reads the header: role[i] is the number of column i's name among `names`, or -1. Leaves
 * *text after the header. A name that is `needed` (the first so many) must be there. */
bool cells_header(struct str *text, const char *const *names, unsigned needed, int *role,
                  unsigned *columns, struct suggest_fault *fault);

/* Cuts `text` into at most `parts` stretches of whole lines; how many. */
unsigned cells_cut(struct str text, unsigned parts, struct cells *cells);

/* The first fault of all stretches, with its line and column in `whole`. False: there is one. */
bool cells_agree(struct str whole, struct cells *cells, unsigned parts,
                 struct suggest_fault *fault);

/* No control characters, valid UTF-8, not too long. */
bool cells_plain(struct cells *c, struct str cell, const char *name);

#endif
