/* commands/opinions_read.h - the public Polis exports, both layouts, to a matrix of votes.
 *
 * Wide: a row a participant, `participant`, a few columns about them, then a column a statement
 * with 1, -1, 0 or nothing. Long: a row a vote with `comment-id`, `voter-id`, `vote` and, when
 * it is there, `timestamp`; the last vote of a pair counts, by time and then by place in the
 * file. The header says which. Ids come out sorted, so that the order of rows and columns, and
 * the layout, change nothing.
 *
 * `comments` may be empty; otherwise a table with `comment-id`, and `moderated` (-1: left out)
 * and `comment-body` when they are there. */
#ifndef NABIJ_COMMANDS_OPINIONS_READ_H
#define NABIJ_COMMANDS_OPINIONS_READ_H

#include "base/csv.h"
#include "commands/opinions_names.h"
#include "maths/csr.h"

enum { OPINIONS_MOST_PEOPLE = 16 * 1000 * 1000, OPINIONS_MOST_VOTES = 500 * 1000 * 1000 };

struct opinions_table {
    struct arena *arena;
    struct csr votes;
    struct str *person;                       /* votes.rows */
    struct str *statement;                    /* votes.columns */
    struct str *text;                         /* votes.columns; empty where there is none */
    uint32_t left_out;                        /* statements that were moderated away */
    struct opinions_names people, statements; /* first-come numbers; see the two below */
    uint32_t *person_row;                     /* first-come number to row */
    uint32_t *statement_column;               /* to column, NO_NAME when moderated away */
};

struct opinions_wrong {
    bool in_comments; /* else in the votes */
    struct csv_error error;
};

/* False when something is wrong; the table needs no freeing then. */
bool opinions_table_read(struct opinions_table *table, struct str votes, struct str comments,
                         struct opinions_wrong *wrong);
void opinions_table_free(struct opinions_table *table);

/* 1, 0 or -1; false for anything else. */
bool opinions_vote_value(struct str text, int *value);

#endif
