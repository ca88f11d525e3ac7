/* Any text, in either language: every hint lies inside the text and the counts agree. */
#include <stdlib.h>

#include "base/arena.h"
#include "language/readable.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    if (!arena)
        arena = arena_new(64 << 20);
    for (int language = READABLE_DUTCH; language <= READABLE_ENGLISH; language++) {
        arena_reset(arena);
        struct str text = str_keep(arena, (struct str){ (const char *)data, size });
        struct readable r = readable_look(arena, text, (enum readable_language)language);
        if (r.sentences > r.words || r.longest_sentence > r.words || r.hint_count > READABLE_HINTS)
            abort();
        for (size_t i = 0; i < r.hint_count; i++)
            if (r.hints[i].start + r.hints[i].length > size || r.hints[i].length == 0 ||
                r.hints[i].sentence >= r.sentences)
                abort();
    }
    return 0;
}
