#include "web/words.h"

const struct language *language_find(struct str code)
{
    for (size_t i = 0; i < language_count; i++)
        if (str_is(languages[i].code, code))
            return &languages[i];
    return NULL;
}
