#include "maths/opinions_eigen.h"

#include <math.h>

enum { SWEEPS = 30 };

static void turn(double *one, double *other, double c, double s)
{
    double p = *one, q = *other;
    *one = c * p - s * q;
    *other = s * p + c * q;
}

/* Makes a[p][q] zero. */
static void rotate(double *a, double *vectors, int n, int p, int q)
{
    double apq = a[p * EIGEN_MOST + q];
    double slope = (a[q * EIGEN_MOST + q] - a[p * EIGEN_MOST + p]) / (2 * apq);
    double t = (slope >= 0 ? 1 : -1) / (fabs(slope) + sqrt(slope * slope + 1));
    double c = 1 / sqrt(t * t + 1), s = t * c;
    for (int i = 0; i < n; i++)
        turn(&a[i * EIGEN_MOST + p], &a[i * EIGEN_MOST + q], c, s);
    for (int i = 0; i < n; i++)
        turn(&a[p * EIGEN_MOST + i], &a[q * EIGEN_MOST + i], c, s);
    for (int i = 0; i < n; i++)
        turn(&vectors[i * EIGEN_MOST + p], &vectors[i * EIGEN_MOST + q], c, s);
}

static double off_diagonal(const double *a, int n)
{
    double sum = 0;
    for (int p = 0; p < n; p++)
        for (int q = p + 1; q < n; q++)
            sum += a[p * EIGEN_MOST + q] * a[p * EIGEN_MOST + q];
    return sum;
}

static void sort_down(double *value, double *vectors, int n)
{
    for (int i = 0; i < n; i++) {
        int best = i;
        for (int j = i + 1; j < n; j++)
            if (value[j] > value[best])
                best = j;
        double kept = value[i];
        value[i] = value[best];
        value[best] = kept;
        for (int row = 0; row < n && best != i; row++) {
            double *one = &vectors[row * EIGEN_MOST + i];
            double *other = &vectors[row * EIGEN_MOST + best];
            kept = *one;
            *one = *other;
            *other = kept;
        }
    }
}

void eigen_small(double *a, int n, double *value, double *vectors)
{
    double all = off_diagonal(a, n);
    for (int i = 0; i < n; i++) {
        all += a[i * EIGEN_MOST + i] * a[i * EIGEN_MOST + i];
        for (int j = 0; j < n; j++)
            vectors[i * EIGEN_MOST + j] = i == j;
    }
    double enough = all * 1e-26, skip = sqrt(enough) / (n + 1);
    for (int sweep = 0; sweep < SWEEPS && off_diagonal(a, n) > enough; sweep++)
        for (int p = 0; p < n; p++)
            for (int q = p + 1; q < n; q++)
                if (fabs(a[p * EIGEN_MOST + q]) > skip)
                    rotate(a, vectors, n, p, q);
    for (int i = 0; i < n; i++)
        value[i] = a[i * EIGEN_MOST + i];
    sort_down(value, vectors, n);
}
