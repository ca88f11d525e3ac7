#include "maths/network_lanes.h"

#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "base/memory.h"
#include "maths/graph.h"

/* Adds up the values of somebody's neighbours, for the lanes in which they are in front. */
typedef void sum_lanes(const struct lanes *l, uint32_t person, double sum[LANES]);

static void sum_plain(const struct lanes *l, uint32_t person, double sum[LANES])
{
    const struct csr *g = l->graph;
    for (int j = 0; j < LANES; j++)
        sum[j] = 0;
    for (uint64_t e = g->start[person]; e < g->start[person + 1]; e++) {
        uint32_t other = g->target[e], front = l->front[other];
        const double *value = l->value + (uint64_t)other * LANES;
        for (int j = 0; front && j < LANES; j++)
            sum[j] += front >> j & 1 ? value[j] : 0;
    }
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void sum_avx2(const struct lanes *l, uint32_t person,
                                                     double sum[LANES])
{
    const struct csr *g = l->graph;
    const __m256i low_bits = _mm256_setr_epi64x(1, 2, 4, 8);
    const __m256i high_bits = _mm256_setr_epi64x(16, 32, 64, 128);
    __m256d low = _mm256_setzero_pd(), high = _mm256_setzero_pd();
    for (uint64_t e = g->start[person]; e < g->start[person + 1]; e++) {
        uint32_t other = g->target[e], front = l->front[other];
        if (!front)
            continue;
        const double *value = l->value + (uint64_t)other * LANES;
        __m256i bits = _mm256_set1_epi64x(front);
        __m256i in_low = _mm256_cmpeq_epi64(_mm256_and_si256(bits, low_bits), low_bits);
        __m256i in_high = _mm256_cmpeq_epi64(_mm256_and_si256(bits, high_bits), high_bits);
        low =
            _mm256_add_pd(low, _mm256_and_pd(_mm256_loadu_pd(value), _mm256_castsi256_pd(in_low)));
        high = _mm256_add_pd(
            high, _mm256_and_pd(_mm256_loadu_pd(value + 4), _mm256_castsi256_pd(in_high)));
    }
    _mm256_storeu_pd(sum, low);
    _mm256_storeu_pd(sum + 4, high);
}
#endif

static sum_lanes *choose(const struct lanes *l)
{
#if defined(__x86_64__)
    if (!l->portable && __builtin_cpu_supports("avx2"))
        return sum_avx2;
#endif
    (void)l;
    return sum_plain;
}

static void note(struct lanes *l, uint32_t person, uint32_t lanes)
{
    if (l->met_count == l->met_room) {
        l->met_room *= 2;
        l->met = memory_grow(l->met, l->met_room, sizeof *l->met);
    }
    l->met[l->met_count++] = (struct lanes_met){ person, lanes };
}

static void begin_level(struct lanes *l)
{
    if (l->levels + 1 >= l->level_room) {
        l->level_room *= 2;
        l->level_start = memory_grow(l->level_start, l->level_room, sizeof *l->level_start);
    }
    l->level_start[l->levels++] = l->met_count;
    l->level_start[l->levels] = l->met_count;
}

static void set_front(struct lanes *l, uint64_t first, uint64_t end, bool on)
{
    for (uint64_t i = first; i < end; i++)
        l->front[l->met[i].person] = on ? (uint8_t)l->met[i].lanes : 0;
}

/* Who might be met next: neighbours of the level when it is small, else everybody whom not
 * all lanes have met. */
static uint32_t list_candidates(struct lanes *l, uint64_t first, uint64_t end, uint8_t all)
{
    const struct csr *g = l->graph;
    uint32_t count = 0;
    if (end - first > g->rows / 16) {
        for (uint32_t v = 0; v < g->rows; v++) {
            l->candidates[count] = v;
            count += l->seen[v] != all;
        }
        return count;
    }
    for (uint64_t i = first; i < end; i++) {
        uint32_t person = l->met[i].person;
        for (uint64_t e = g->start[person]; e < g->start[person + 1]; e++) {
            uint32_t other = g->target[e];
            if (l->asked[other] || !(l->met[i].lanes & ~(uint32_t)l->seen[other]))
                continue;
            l->asked[other] = 1;
            l->candidates[count++] = other;
        }
    }
    for (uint32_t i = 0; i < count; i++)
        l->asked[l->candidates[i]] = 0;
    return count;
}

static void meet(struct lanes *l, uint32_t person, const double sum[LANES])
{
    uint32_t lanes = 0;
    double *value = l->value + (uint64_t)person * LANES;
    for (int j = 0; j < LANES; j++)
        lanes |= (uint32_t)(sum[j] > 0) << j;
    lanes &= ~(uint32_t)l->seen[person];
    if (!lanes)
        return;
    for (int j = 0; j < LANES; j++)
        value[j] = lanes >> j & 1 ? sum[j] : value[j];
    note(l, person, lanes);
}

static void outward(struct lanes *l, sum_lanes *sum_of, uint8_t all)
{
    uint64_t first = 0, end = l->met_count;
    while (first < end) {
        double sum[LANES];
        set_front(l, first, end, true);
        uint32_t count = list_candidates(l, first, end, all);
        begin_level(l);
        for (uint32_t i = 0; i < count; i++) {
            sum_of(l, l->candidates[i], sum);
            meet(l, l->candidates[i], sum);
        }
        set_front(l, first, end, false);
        first = end;
        end = l->met_count;
        for (uint64_t i = first; i < end; i++)
            l->seen[l->met[i].person] |= (uint8_t)l->met[i].lanes;
        l->level_start[l->levels] = end;
    }
}

static void inward(struct lanes *l, sum_lanes *sum_of, lanes_take *take, void *data)
{
    for (uint32_t level = l->levels; level-- > 1;) {
        uint64_t first = l->level_start[level], end = l->level_start[level + 1];
        uint64_t beyond = level + 1 < l->levels ? l->level_start[level + 2] : end;
        double sum[LANES];
        set_front(l, end, beyond, true);
        for (uint64_t i = first; i < end; i++) {
            uint32_t person = l->met[i].person;
            double *value = l->value + (uint64_t)person * LANES;
            sum_of(l, person, sum);
            for (uint32_t lanes = l->met[i].lanes; lanes; lanes &= lanes - 1) {
                uint32_t j = (uint32_t)__builtin_ctz(lanes);
                double dependency = sum[j] * value[j];
                take(data, person, j, dependency);
                value[j] = (1 + dependency) / value[j];
            }
        }
        set_front(l, end, beyond, false);
    }
}

void lanes_walk(struct lanes *lanes, const uint32_t *source, uint32_t count, lanes_take *take,
                void *data)
{
    sum_lanes *sum_of = choose(lanes);
    memset(lanes->seen, 0, lanes->graph->rows);
    lanes->met_count = 0;
    lanes->levels = 0;
    begin_level(lanes);
    for (uint32_t j = 0; j < count; j++) {
        lanes->seen[source[j]] = (uint8_t)(1u << j);
        lanes->value[(uint64_t)source[j] * LANES + j] = 1;
        note(lanes, source[j], 1u << j);
    }
    lanes->level_start[1] = lanes->met_count;
    outward(lanes, sum_of, (uint8_t)((1u << count) - 1));
    inward(lanes, sum_of, take, data);
}

void lanes_open(struct lanes *lanes, const struct csr *graph, bool portable)
{
    uint32_t people = graph->rows;
    *lanes = (struct lanes){ .graph = graph, .portable = portable };
    lanes->value = graph_zeros((size_t)people * LANES, sizeof *lanes->value);
    lanes->seen = graph_room(people, 1);
    lanes->front = graph_zeros(people, 1);
    lanes->asked = graph_zeros(people, 1);
    lanes->candidates = graph_room((size_t)people + 1, sizeof *lanes->candidates);
    lanes->met_room = 1024;
    lanes->met = memory_grow(NULL, lanes->met_room, sizeof *lanes->met);
    lanes->level_room = 64;
    lanes->level_start = memory_grow(NULL, lanes->level_room, sizeof *lanes->level_start);
}

void lanes_close(struct lanes *lanes)
{
    memory_free(lanes->value);
    memory_free(lanes->seen);
    memory_free(lanes->front);
    memory_free(lanes->asked);
    memory_free(lanes->candidates);
    memory_free(lanes->met);
    memory_free(lanes->level_start);
}
