/* suggest_read.h - people.csv and lines.csv, read from memory, by several threads at once.
 *
 * Comma-separated, a header that names the columns in any order; fields may stand in double
 * quotes ("" is a quote) but do not run over a line's end; lists have `;` between; unknown
 * columns are skipped. What a reader returns borrows from the text given and from itself:
 * both must live as long. */
#ifndef NABIJ_COMMANDS_SUGGEST_READ_H
#define NABIJ_COMMANDS_SUGGEST_READ_H

#include "base/str.h"
#include "maths/suggest.h"

#define SUGGEST_READERS 64u

/* Where the text is not what was expected; `what` holds "expected …, found …". */
struct suggest_fault {
    uint64_t line, column; /* from 1; column in bytes */
    char what[512];
};

/* id and open are asked for; languages, strengths, wishes, interests, x, y may be absent. */
struct suggest_crowd {
    struct suggest_people people;            /* its arrays belong to the crowd */
    struct str *id;                          /* by person */
    struct str *language, *skill, *interest; /* by tag; skill: strengths and wishes */
    uint32_t languages, skills, interests;
    struct suggest_ids *ids;
    struct arena *copies[SUGGEST_READERS]; /* fields that had to be unquoted */
};

/* a, b; since (2026, 2026-05 or 2026-05-31) and named (yes or no) may be absent. */
struct suggest_ties {
    struct suggest_lines lines;
    uint64_t *named; /* lines both of whose people agreed to be named, as pair_of; sorted */
    uint64_t named_count;
};

bool suggest_read_people(struct str text, unsigned threads, struct suggest_crowd *crowd,
                         struct suggest_fault *fault);
void suggest_crowd_free(struct suggest_crowd *crowd);

bool suggest_read_lines(struct str text, unsigned threads, const struct suggest_crowd *crowd,
                        struct suggest_ties *ties, struct suggest_fault *fault);
void suggest_ties_free(struct suggest_ties *ties);

/* Whether both people of this line agreed to be named as friend in common. */
bool suggest_may_name(const struct suggest_ties *ties, uint32_t a, uint32_t b);

/* The person with this id; UINT32_MAX when there is none. */
uint32_t suggest_find_person(const struct suggest_crowd *crowd, struct str id);

#endif
