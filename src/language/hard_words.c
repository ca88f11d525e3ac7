#include "language/hard_words.h"

static bool fits(struct str pattern, struct str word)
{
    if (str_ends(pattern, STR("*")))
        return str_starts(word, str_first(pattern, pattern.len - 1));
    return str_is(pattern, word);
}

/* How many words the entry covers here; 0 when it does not fit. */
static size_t covers(struct str hard, const struct word *words, size_t left)
{
    struct str part;
    size_t count = 0;
    while (str_split(&hard, ' ', &part)) {
        if (count == left || words[count].sentence != words[0].sentence ||
            (count && words[count].after_mark) || !fits(part, words[count].lower))
            return 0;
        count++;
    }
    return count;
}

const struct hard_word *hard_word_at(const struct hard_word *table, size_t entries,
                                     const struct word *words, size_t left, size_t *taken)
{
    const struct hard_word *best = NULL;
    *taken = 0;
    for (size_t i = 0; i < entries; i++) {
        if (left == 0 || table[i].hard.at[0] != words[0].lower.at[0])
            continue;
        size_t count = covers(table[i].hard, words, left);
        bool closer = count && count == *taken && table[i].hard.len > best->hard.len;
        if (count > *taken || closer) {
            *taken = count;
            best = &table[i];
        }
    }
    return best;
}
