/* commands/opinions_hull.h - the smallest rubber band around some spots. */
#ifndef NABIJ_COMMANDS_OPINIONS_HULL_H
#define NABIJ_COMMANDS_OPINIONS_HULL_H

#include <stdint.h>

struct spot {
    double x, y;
};

/* Andrew's monotone chain (1979). Reorders `spot`; its first entries become the hull; gives how
 * many. */
uint32_t hull(struct spot *spot, uint32_t count);

#endif
