#include "commands/opinions_hull.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static int compare(const void *one, const void *other)
{
    const struct spot *a = one, *b = other;
    if (a->x != b->x)
        return a->x < b->x ? -1 : 1;
    return (a->y > b->y) - (a->y < b->y);
}

/* Whether c lies to the right of, or on, the way from a to b. */
static int turns_back(struct spot a, struct spot b, struct spot c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) <= 0;
}

uint32_t hull(struct spot *spot, uint32_t count)
{
    if (count < 3)
        return count;
    struct spot *band = memory_new((size_t)count * 2, sizeof *band);
    uint32_t used = 0;
    qsort(spot, count, sizeof *spot, compare);
    for (uint32_t i = 0; i < count; i++) {
        while (used >= 2 && turns_back(band[used - 2], band[used - 1], spot[i]))
            used--;
        band[used++] = spot[i];
    }
    uint32_t lower = used + 1;
    for (uint32_t i = count - 1; i-- > 0;) {
        while (used >= lower && turns_back(band[used - 2], band[used - 1], spot[i]))
            used--;
        band[used++] = spot[i];
    }
    used = used > 1 ? used - 1 : used; /* the last is the first again */
    used = used > count ? count : used;
    memcpy(spot, band, used * sizeof *spot);
    memory_free(band);
    return used;
}
