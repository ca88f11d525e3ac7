#include "snowball.h"

#include "maths/random.h"

enum { STREAMS = 1500, BACK = 400 };

/* Mostly from the same stream, seldom from anywhere. */
static uint32_t earlier(struct random *r, uint32_t thing)
{
    if (random_below(r, 4000) == 0)
        return random_below(r, thing);
    uint64_t back = (uint64_t)(1 + random_below(r, BACK)) * STREAMS;
    return back > thing ? thing % STREAMS < thing ? thing % STREAMS : random_below(r, thing)
                        : thing - (uint32_t)back;
}

uint32_t snowball_make(uint64_t arrows, uint64_t seed, uint32_t *child, uint32_t *parent)
{
    struct random r;
    random_seed(&r, seed);
    uint64_t made = 0;
    uint32_t thing = 1;
    for (; made < arrows; thing++) {
        uint32_t dice = random_below(&r, 100);
        int parents = dice < 2 ? 0 : dice < 35 ? 1 : dice < 75 ? 2 : 3;
        for (int i = 0; i < parents && made < arrows; i++) {
            child[made] = thing;
            parent[made++] = earlier(&r, thing);
        }
    }
    return thing;
}
