/* maths/opinions_eigen.h - eigenvalues and vectors of a small symmetric matrix. */
#ifndef NABIJ_MATHS_OPINIONS_EIGEN_H
#define NABIJ_MATHS_OPINIONS_EIGEN_H

enum { EIGEN_MOST = 32 };

/* Cyclic Jacobi rotations (Golub and Van Loan, "Matrix computations", 8.5). `a` is n × n with
 * rows of EIGEN_MOST and is destroyed; value[] comes out largest first, vector v in column v
 * of `vectors`, also with rows of EIGEN_MOST. n ≤ EIGEN_MOST. */
void eigen_small(double *a, int n, double *value, double *vectors);

#endif
