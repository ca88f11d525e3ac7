#include "maths/random.h"

static uint64_t splitmix(uint64_t *x)
{
    uint64_t z = (*x += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

void random_seed(struct random *r, uint64_t seed)
{
    for (int i = 0; i < 4; i++)
        r->s[i] = splitmix(&seed);
}

void random_split(struct random *r, uint64_t seed, uint64_t part)
{
    uint64_t mixed = part ^ 0xd1b54a32d192ed03u;
    random_seed(r, seed ^ splitmix(&mixed));
}
