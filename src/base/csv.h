/* csv.h - reads comma separated values (RFC 4180) strictly from a buffer, a row at a time.
 *
 * Fields may stand in double quotes, a quote inside doubled; rows end with LF or CRLF. Refused:
 * bytes that are not UTF-8, NUL, a bare CR, a quote in the middle of a plain field, text after
 * a closing quote, a row with another number of fields than the first. A byte order mark at the
 * start and empty lines at the end are skipped.
 *
 * The buffer belongs to the caller and must stay. Fields live until the next csv_row, except
 * plain (unquoted) ones, which point into the buffer. Lines and columns count from 1, columns
 * in characters. */
#ifndef NABIJ_BASE_CSV_H
#define NABIJ_BASE_CSV_H

#include "base/str.h"

enum { CSV_MOST_FIELDS = 32768 };

struct csv_field {
    struct str text;
    uint32_t line, column;
    bool quoted;
};

/* What is wrong, as `LINE:COLUMN: expected …, found …`. */
struct csv_error {
    uint32_t line, column;
    char expected[160], found[160];
};

struct csv {
    struct str all;
    size_t next;       /* where the next row starts */
    size_t line_start; /* of the line being read */
    uint32_t line;
    struct csv_field *fields; /* of the row last read */
    uint32_t count, room;
    uint32_t width; /* fields in the first row; 0 before it */
    char *scratch;  /* quoted fields without their quotes */
    size_t scratch_len, scratch_room;
    struct csv_error error;
    bool broken;
};

/* Looks through the whole buffer for bad UTF-8 first: false and `error` filled in when there is. */
bool csv_open(struct csv *csv, struct str all);
void csv_close(struct csv *csv);

/* False at the end and when something is wrong: then csv->broken is set. */
bool csv_row(struct csv *csv);

/* Fills in csv->error for field `i` of the row last read; what was found is the field itself. */
void csv_wrong(struct csv *csv, uint32_t i, const char *expected);

/* Which field of the row last read is `name`; csv->count when none is. */
uint32_t csv_find(const struct csv *csv, struct str name);

#endif
