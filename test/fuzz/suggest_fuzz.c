/* Both readers of `suggest`: bytes up to the first NUL are people.csv, the rest lines.csv. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "commands/suggest_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *zero = size ? memchr(data, 0, size) : NULL;
    size_t first = zero ? (size_t)(zero - data) : size, rest = zero ? size - first - 1 : 0;
    /* copies of the exact size, so that a byte too far is seen */
    char *people = malloc(first + 1), *lines = malloc(rest + 1);
    memcpy(people, data, first);
    if (rest)
        memcpy(lines, zero + 1, rest);
    people = realloc(people, first ? first : 1);
    lines = realloc(lines, rest ? rest : 1);
    for (unsigned threads = 1; threads <= 2; threads++) {
        struct suggest_crowd crowd;
        struct suggest_ties ties;
        struct suggest_fault fault = { .line = 1, .column = 1 };
        if (suggest_read_people((struct str){ people, first }, threads, &crowd, &fault)) {
            struct suggest_settings settings = { .threads = threads };
            if (suggest_read_lines((struct str){ lines, rest }, threads, &crowd, &ties, &fault)) {
                if (crowd.people.count < 50)
                    suggest_close(suggest_open(&crowd.people, &ties.lines, &settings));
                suggest_ties_free(&ties);
            }
        }
        if (fault.line < 1 || fault.column < 1)
            abort();
        suggest_crowd_free(&crowd);
    }
    free(people);
    free(lines);
    return 0;
}
