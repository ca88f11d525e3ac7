#include "language/readable.h"

#include "base/arena.h"
#include "language/hard_words.h"
#include "language/passive.h"

/* What is found goes here, in the order of the text. */
struct look {
    struct readable found;
    struct hint *hints;
    struct word_list list;
    enum readable_language language;
};

static void look_at_sentence(struct look *look, size_t first, size_t count);

struct readable readable_look(struct arena *arena, struct str text, enum readable_language language)
{
    struct look look = { .language = language };
    look.found.cut = text.len > READABLE_LIMIT;
    look.hints = ARENA_MANY(arena, READABLE_HINTS, struct hint);
    look.list = words_cut(arena, str_first(text, READABLE_LIMIT));
    for (size_t first = 0, next; first < look.list.count; first = next) {
        size_t sentence = look.list.at[first].sentence;
        for (next = first; next < look.list.count && look.list.at[next].sentence == sentence;)
            next++;
        look_at_sentence(&look, first, next - first);
    }
    look.found.words = look.list.count;
    look.found.sentences = look.list.sentences;
    if (look.found.sentences)
        look.found.words_a_sentence_tenths =
            (10 * look.found.words + look.found.sentences / 2) / look.found.sentences;
    look.found.hints = look.hints;
    return look.found;
}

/* From the first byte of one word to the last of another. */
static void hint(struct look *look, enum hint_kind kind, size_t first, size_t last, size_t amount,
                 struct str alternative)
{
    const struct word *a = &look->list.at[first], *b = &look->list.at[last];
    if (look->found.hint_count < READABLE_HINTS)
        look->hints[look->found.hint_count++] =
            (struct hint){ kind,   a->sentence, a->start, b->start + b->length - a->start,
                           amount, alternative };
}

static bool is_long(enum readable_language language, struct str lower)
{
    struct str part;
    while (str_split(&lower, '-', &part)) { /* each half of a joined word is read by itself */
        size_t syllables =
            language == READABLE_DUTCH ? syllables_in_dutch(part) : syllables_in_english(part);
        if (letters_in(part) > READABLE_WORD_LETTERS || syllables > READABLE_WORD_SYLLABLES)
            return true;
    }
    return false;
}

/* A hard word is given its alternative and not called long as well: one hint a place. Returns
 * how many words were dealt with. */
static size_t look_at_word(struct look *look, size_t at, size_t left)
{
    static const struct str none = { "", 0 };
    bool dutch = look->language == READABLE_DUTCH;
    const struct word *word = &look->list.at[at];
    size_t taken;
    const struct hard_word *hard =
        hard_word_at(dutch ? hard_words_dutch : hard_words_english,
                     dutch ? hard_words_dutch_count : hard_words_english_count, word, left, &taken);
    if (hard) {
        look->found.hard_words++;
        hint(look, HINT_HARD_WORD, at, at + taken - 1, taken, hard->plain);
        return taken;
    }
    if (is_long(look->language, word->lower)) {
        look->found.long_words++;
        hint(look, HINT_LONG_WORD, at, at, letters_in(word->lower), none);
    }
    return 1;
}

static void look_at_sentence(struct look *look, size_t first, size_t count)
{
    static const struct str none = { "", 0 };
    if (count > look->found.longest_sentence)
        look->found.longest_sentence = count;
    if (count > READABLE_SENTENCE_WORDS) {
        look->found.long_sentences++;
        hint(look, HINT_LONG_SENTENCE, first, first + count - 1, count, none);
    }
    for (size_t i = 0; i < count;) {
        size_t other;
        if (look->language == READABLE_DUTCH &&
            passive_at(&look->list.at[first], count, i, &other)) {
            size_t from = i < other ? i : other, to = i < other ? other : i;
            look->found.passives++;
            hint(look, HINT_PASSIVE, first + from, first + to, to - from + 1, none);
        }
        i += look_at_word(look, first + i, count - i);
    }
}
