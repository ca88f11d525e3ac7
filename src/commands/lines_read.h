/* lines_read.h - reads a CSV file of pairs: lines between people, or what grew from what.
 *
 * The first line names the columns; two of them hold names of one kind (a and b, or child
 * and parent); a date (2026-03-31) and a second kind of name may stand beside them. Other
 * columns are left alone. Fields may be quoted; a line ends a record. The text is read in
 * pieces by the whole team; numbers are given in the order of names_sort, so that the order
 * of the lines changes nothing. Names point into the text, or into `kept` when they had to
 * be unquoted: both must live as long. */
#ifndef NABIJ_COMMANDS_LINES_READ_H
#define NABIJ_COMMANDS_LINES_READ_H

#include "base/out.h"
#include "base/str.h"
#include "commands/names.h"
#include "maths/graph_team.h"

#define LINES_NO_DATE INT32_MIN

struct lines_wish {
    const char *a, *b;        /* columns that must be there */
    const char *date, *other; /* columns that may be there; NULL: not wanted */
    bool b_may_be_empty;      /* then b[] is NAMES_NONE */
    bool may_be_same;         /* a line from somebody to themselves is left to the caller */
};

struct lines {
    struct names names;  /* of a and b */
    struct names others; /* of other */
    uint64_t count;
    uint32_t *a, *b;
    int32_t *date;   /* days since 1 March of year 0; NULL without that column */
    uint32_t *other; /* NULL without that column; NAMES_NONE where empty */
    char **kept;
    uint32_t kept_count;
};

/* False: nothing was kept, and *complaint holds one line `file:line:column: …`. `complaint`
 * is open; `file` is what to call the text. */
bool lines_read(struct lines *lines, struct str text, const char *file,
                const struct lines_wish *wish, struct team *team, struct out *complaint);
void lines_close(struct lines *lines);

/* The year, month and day of a day number. */
void lines_date(int32_t day, int *year, int *month, int *date);
bool lines_date_of(struct str text, int32_t *day);

/* A whole file, or standard input for "-". False: *complaint says what was wrong. */
bool lines_load(struct str *text, const char *file, struct out *complaint);

#endif
