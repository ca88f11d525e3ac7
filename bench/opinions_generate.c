/* opinions_generate - writes a made-up conversation as a long votes.csv on standard output.
 * Use: opinions_generate [people statements votes seed]; without: 33422 783 1970000 7. */
#include <stdio.h>
#include <stdlib.h>

#include "opinions_world.h"

static uint64_t number(int argc, char **argv, int which, uint64_t usual)
{
    return argc > which ? strtoull(argv[which], NULL, 10) : usual;
}

int main(int argc, char **argv)
{
    struct world world;
    world_make(&world, (uint32_t)number(argc, argv, 1, 33422), (uint32_t)number(argc, argv, 2, 783),
               number(argc, argv, 3, 1970000), number(argc, argv, 4, 7));
    printf("timestamp,datetime,comment-id,voter-id,vote\n");
    for (uint32_t i = 0; i < world.votes.rows; i++)
        for (uint64_t e = world.votes.start[i]; e < world.votes.start[i + 1]; e++)
            printf("%llu,made up,%u,%u,%d\n", 1700000000000ull + (unsigned long long)e,
                   world.votes.target[e], i, (int)world.votes.value[e]);
    world_free(&world);
    return ferror(stdout) ? 1 : 0;
}
