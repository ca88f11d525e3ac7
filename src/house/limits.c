#include "house/limits.h"

#include <string.h>

#include "base/memory.h"

enum { BUCKETS = 1 << 14, PROBES = 8 };

struct bucket {
    struct id who;
    double level; /* how full, in units of one act */
    int64_t at;
};

struct limits {
    struct bucket buckets[BUCKETS];
};

struct limits *limits_new(void)
{
    return memory_new(1, sizeof(struct limits));
}

void limits_free(struct limits *limits)
{
    memory_free(limits);
}

static struct bucket *find(struct limits *limits, struct id who)
{
    uint32_t start;
    memcpy(&start, who.b, sizeof start);
    struct bucket *emptiest = NULL;
    for (uint32_t i = 0; i < PROBES; i++) {
        struct bucket *b = &limits->buckets[(start + i) % BUCKETS];
        if (id_is(b->who, who))
            return b;
        if (!emptiest || b->at < emptiest->at)
            emptiest = b;
    }
    *emptiest = (struct bucket){ .who = who };
    return emptiest;
}

static void leak(struct bucket *b, int64_t most, int64_t window, struct moment now)
{
    if (now.ms > b->at && b->at != 0)
        b->level -= (double)(now.ms - b->at) * (double)most / (double)window;
    if (b->level < 0)
        b->level = 0;
    b->at = now.ms;
}

bool limits_left(struct limits *limits, struct id who, int64_t most, int64_t window,
                 struct moment now)
{
    struct bucket *b = find(limits, who);
    leak(b, most, window, now);
    return b->level + 1 <= (double)most;
}

bool limits_take(struct limits *limits, struct id who, int64_t most, int64_t window,
                 struct moment now)
{
    if (!limits_left(limits, who, most, window, now))
        return false;
    find(limits, who)->level += 1;
    return true;
}
