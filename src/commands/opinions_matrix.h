/* commands/opinions_matrix.h - loose votes in any order, to a matrix in which the last counts. */
#ifndef NABIJ_COMMANDS_OPINIONS_MATRIX_H
#define NABIJ_COMMANDS_OPINIONS_MATRIX_H

#include <stdbool.h>
#include <stdint.h>

#include "maths/csr.h"

struct matrix_vote {
    int64_t time;
    uint32_t person, statement;
    int8_t value;
};

struct matrix {
    struct matrix_vote *vote;
    uint64_t count, room;
};

bool matrix_add(struct matrix *m, struct matrix_vote vote); /* false when it is full */
void matrix_free(struct matrix *m);

/* Renumbers people and statements (UINT32_MAX: leave out), sorts, and of two votes of a pair
 * keeps the later one. votes->rows and columns are given; the rest is filled in with fresh
 * arrays. */
void matrix_make(struct matrix *m, const uint32_t *row, const uint32_t *column, struct csr *votes);

#endif
