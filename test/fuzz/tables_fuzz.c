/* Whatever stands in the list of people or in an earlier plan: no crash, a place for a
 * mistake, and everything that is read lies within its limits. The first byte chooses. */
#include <stdint.h>
#include <stdlib.h>

#include "commands/tables_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tables_people people;
    struct tables_mistake mistake;
    static uint16_t table[64 * 8];
    if (size == 0)
        return 0;
    struct arena *arena = arena_new((size_t)256 << 20);
    struct str text = { (const char *)data + 1, size - 1 };
    if (data[0] % 3 == 0) {
        if (tables_people_read(arena, text, &people, &mistake)) {
            for (size_t i = 0; i < people.apart_count; i++)
                if (people.apart[i].a >= people.count || people.apart[i].b >= people.count)
                    abort();
        } else if (mistake.line == 0 || mistake.column == 0) {
            abort();
        }
    } else {
        tables_people_numbered(arena, 64, &people);
        if (data[0] % 3 == 1)
            tables_plan_read(arena, text, &people, 9, table, &mistake);
        else
            tables_pairs_read(arena, text, &people, true, &mistake);
    }
    arena_free(arena);
    return 0;
}
