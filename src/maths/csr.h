/* maths/csr.h - the one compact form that graphs and sparse matrices share.
 *
 * Row i owns target[start[i]] … target[start[i + 1] - 1], sorted upwards, no doubles.
 * value, when not NULL, stands beside target. An undirected graph stores each line in both
 * rows. Whoever filled the arrays owns them. */
#ifndef NABIJ_MATHS_CSR_H
#define NABIJ_MATHS_CSR_H

#include <stdint.h>

struct csr {
    uint32_t rows, columns;
    uint64_t *start;  /* rows + 1 */
    uint32_t *target; /* start[rows] */
    float *value;     /* start[rows], or NULL when every entry weighs 1 */
};

#endif
