/* The plain rival: a hill climber that plans a round at a time. Each round starts from a
 * random seating and exchanges pairs as long as that helps; the best of many starts stays;
 * then the next round. It begins again until its time is over and keeps its best plan.
 *
 * Standard input: seconds seed people rounds languages; per round its tables and their sizes;
 * per person host-table (or -1), a language mask and one digit a round for being there;
 * the number of apart pairs and those. Standard output: hard-wishes-broken repeats. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PEOPLE = 512, ROUNDS = 16 };

static int n, rounds, languages, apart[PEOPLE][PEOPLE], tables[ROUNDS], size[ROUNDS][PEOPLE];
static int home[PEOPLE], here[ROUNDS][PEOPLE], met[PEOPLE][PEOPLE];
static unsigned long mask[PEOPLE];
static uint64_t state;

static uint32_t below(uint32_t k)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(((state >> 32) * k) >> 32);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int pair_cost(int a, int b)
{
    return (met[a][b] > 0) + 1000 * apart[a][b];
}

static int table_cost(const int *who, int count)
{
    int cost = 0;
    unsigned long shared = ~0ul;
    for (int i = 0; i < count; i++) {
        shared &= mask[who[i]];
        for (int j = 0; j < i; j++)
            cost += pair_cost(who[i], who[j]);
    }
    return cost + (languages && count && !shared ? 1000 : 0);
}

static void start_round(int r, int seats[], const int first[])
{
    int next[PEOPLE], order[PEOPLE], count = 0, t = 0;
    for (int i = 0; i < tables[r]; i++)
        next[i] = first[i];
    for (int p = 0; p < n; p++)
        if (here[r][p] && home[p] >= 0)
            seats[next[home[p]]++] = p;
        else if (here[r][p])
            order[count++] = p;
    for (int i = count - 1; i > 0; i--) {
        int j = (int)below((uint32_t)i + 1), kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
    for (int i = 0; i < count; i++) {
        while (next[t] == first[t + 1])
            t++;
        seats[next[t]++] = order[i];
    }
}

static int climb_round(int r, int seats[], const int first[])
{
    int present = first[tables[r]], table_of[PEOPLE], better = 1, cost[PEOPLE], sum = 0;
    start_round(r, seats, first);
    for (int t = 0; t < tables[r]; t++) {
        cost[t] = table_cost(seats + first[t], first[t + 1] - first[t]);
        for (int k = first[t]; k < first[t + 1]; k++)
            table_of[k] = t;
    }
    while (better) {
        better = 0;
        for (int u = 0; u < present; u++)
            for (int v = u + 1; v < present; v++) {
                int a = table_of[u], b = table_of[v], x = seats[u], y = seats[v];
                if (a == b || home[x] >= 0 || home[y] >= 0 || cost[a] + cost[b] == 0)
                    continue;
                seats[u] = y;
                seats[v] = x;
                int ca = table_cost(seats + first[a], first[a + 1] - first[a]);
                int cb = table_cost(seats + first[b], first[b + 1] - first[b]);
                if (ca + cb < cost[a] + cost[b]) {
                    cost[a] = ca;
                    cost[b] = cb;
                    better = 1;
                } else {
                    seats[u] = x;
                    seats[v] = y;
                }
            }
    }
    for (int t = 0; t < tables[r]; t++)
        sum += cost[t];
    return sum;
}

static int plan(double until)
{
    int total = 0;
    memset(met, 0, sizeof met);
    for (int r = 0; r < rounds; r++) {
        int first[PEOPLE + 1] = { 0 }, best[PEOPLE] = { 0 }, seats[PEOPLE], least = 1 << 30;
        for (int t = 0; t < tables[r]; t++)
            first[t + 1] = first[t] + size[r][t];
        for (int i = 0; i < 20 && least > 0 && (i == 0 || now() < until); i++) {
            int cost = climb_round(r, seats, first);
            if (cost < least) {
                least = cost;
                memcpy(best, seats, sizeof best);
            }
        }
        total += least;
        for (int t = 0; t < tables[r]; t++)
            for (int i = first[t]; i < first[t + 1]; i++)
                for (int j = first[t]; j < first[t + 1]; j++)
                    met[best[i]][best[j]] += i != j;
    }
    return total;
}

int main(void)
{
    double seconds;
    unsigned seed;
    int pairs, best = 1 << 30;
    char digits[ROUNDS + 1];
    if (scanf("%lf %u %d %d %d", &seconds, &seed, &n, &rounds, &languages) != 5 || n > PEOPLE ||
        rounds > ROUNDS)
        return 2;
    for (int r = 0; r < rounds; r++) {
        if (scanf("%d", &tables[r]) != 1)
            return 2;
        for (int t = 0; t < tables[r]; t++)
            if (scanf("%d", &size[r][t]) != 1)
                return 2;
    }
    for (int p = 0; p < n; p++) {
        if (scanf("%d %lu %16s", &home[p], &mask[p], digits) != 3)
            return 2;
        for (int r = 0; r < rounds; r++)
            here[r][p] = digits[r] == '1';
    }
    if (scanf("%d", &pairs) != 1)
        return 2;
    for (int i = 0, a, b; i < pairs; i++)
        if (scanf("%d %d", &a, &b) == 2)
            apart[a][b] = apart[b][a] = 1;
    state = 88172645463325252ull ^ (seed * 0x9e3779b97f4a7c15ull);
    for (double until = now() + seconds; best > 0 && now() < until;) {
        int cost = plan(until);
        best = cost < best ? cost : best;
    }
    printf("%d %d\n", best / 1000, best % 1000);
    return 0;
}
