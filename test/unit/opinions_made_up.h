/* A small made-up conversation for the tests: two or three camps, many gaps. */
#ifndef TEST_OPINIONS_MADE_UP_H
#define TEST_OPINIONS_MADE_UP_H

#include "base/memory.h"
#include "maths/csr.h"
#include "maths/random.h"

static inline void made_up(struct csr *votes, uint32_t people, uint32_t statements, double answered,
                           uint64_t seed)
{
    struct random r;
    random_seed(&r, seed);
    *votes = (struct csr){ .rows = people, .columns = statements };
    votes->start = memory_new((size_t)people + 1, sizeof *votes->start);
    votes->target = memory_new((size_t)people * statements, sizeof *votes->target);
    votes->value = memory_new((size_t)people * statements, sizeof *votes->value);
    uint64_t e = 0;
    for (uint32_t i = 0; i < people; i++) {
        for (uint32_t j = 0; j < statements; j++) {
            if (random_unit(&r) > answered)
                continue;
            int camp = (int)(i % 3), lean = j % 4 == 3 ? 1 : (int)(j % 3) == camp ? 1 : -1;
            double luck = random_unit(&r);
            votes->target[e] = j;
            votes->value[e++] = luck < 0.1 ? 0.0f : (float)(luck < 0.85 ? lean : -lean);
        }
        votes->start[i + 1] = e;
    }
}

static inline void made_up_free(struct csr *votes)
{
    memory_free(votes->start);
    memory_free(votes->target);
    memory_free(votes->value);
}

#endif
