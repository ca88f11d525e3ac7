#include "language/passive.h"

enum { NEAR = 12 }; /* words; further away it is rarely the same thought */

#define COUNT(list) (sizeof(list) / sizeof *(list))

static bool is_one_of(const struct str *list, size_t count, struct str word)
{
    for (size_t i = 0; i < count; i++)
        if (str_is(list[i], word))
            return true;
    return false;
}

static bool is_form_of_worden(struct str word)
{
    static const struct str forms[] = { STR_INIT("word"), STR_INIT("wordt"), STR_INIT("worden"),
                                        STR_INIT("werd"), STR_INIT("werden") };
    return is_one_of(forms, COUNT(forms), word);
}

static bool looks_like_participle(struct str word)
{
    static const struct str only_look_so[] = {
        STR_INIT("beeld"),      STR_INIT("beetje"),    STR_INIT("begin"),
        STR_INIT("beiden"),     STR_INIT("bekend"),    STR_INIT("belangen"),
        STR_INIT("beleid"),     STR_INIT("benen"),     STR_INIT("bent"),
        STR_INIT("bereid"),     STR_INIT("besluit"),   STR_INIT("best"),
        STR_INIT("bewust"),     STR_INIT("ergens"),    STR_INIT("gebied"),
        STR_INIT("gebieden"),   STR_INIT("geduld"),    STR_INIT("geen"),
        STR_INIT("geld"),       STR_INIT("geluid"),    STR_INIT("gemeenten"),
        STR_INIT("gepast"),     STR_INIT("gerecht"),   STR_INIT("gesprekken"),
        STR_INIT("gevoelens"),  STR_INIT("gewoonten"), STR_INIT("gezinnen"),
        STR_INIT("gezond"),     STR_INIT("herfst"),    STR_INIT("hert"),
        STR_INIT("verband"),    STR_INIT("verlangen"), STR_INIT("verstand"),
        STR_INIT("vertrouwen"), STR_INIT("vervelend"), STR_INIT("verkeerd"),
    };
    static const struct str before_ge[] = {
        STR_INIT("aan"),    STR_INIT("achter"), STR_INIT("af"),   STR_INIT("bij"),
        STR_INIT("binnen"), STR_INIT("dicht"),  STR_INIT("door"), STR_INIT("in"),
        STR_INIT("klaar"),  STR_INIT("los"),    STR_INIT("mee"),  STR_INIT("na"),
        STR_INIT("neer"),   STR_INIT("om"),     STR_INIT("op"),   STR_INIT("over"),
        STR_INIT("samen"),  STR_INIT("tegen"),  STR_INIT("toe"),  STR_INIT("uit"),
        STR_INIT("vast"),   STR_INIT("voor"),   STR_INIT("weg"),  STR_INIT(""),
    };
    static const struct str joined[] = { STR_INIT("be"), STR_INIT("er"), STR_INIT("her"),
                                         STR_INIT("ont"), STR_INIT("ver") };
    bool ends = str_ends(word, STR("d")) || str_ends(word, STR("t")) || str_ends(word, STR("en"));
    /* betrokkenheid, besprekingen: names of things, made from participles and verbs */
    bool thing = str_ends(word, STR("heid")) || str_ends(word, STR("heden")) ||
                 str_ends(word, STR("ingen")) || str_ends(word, STR("schappen"));
    if (!ends || thing || word.len < 5 || is_one_of(only_look_so, COUNT(only_look_so), word))
        return false;
    for (size_t i = 0; i < COUNT(before_ge); i++)
        if (str_starts(word, before_ge[i]) &&
            str_starts(str_from(word, before_ge[i].len), STR("ge")) &&
            word.len > before_ge[i].len + 4)
            return true;
    for (size_t i = 0; i < COUNT(joined); i++)
        if (str_starts(word, joined[i]) && word.len > joined[i].len + 3)
            return true;
    return false;
}

bool passive_at(const struct word *sentence, size_t count, size_t at, size_t *participle)
{
    if (!is_form_of_worden(sentence[at].lower))
        return false;
    for (size_t i = at + 1; i < count && i <= at + NEAR && !sentence[i].after_mark; i++) {
        if (looks_like_participle(sentence[i].lower)) {
            *participle = i;
            return true;
        }
    }
    /* 'dat het gedeeld wordt': the participle just before; with one word between at most. */
    for (size_t i = at; i > 0 && at - i < 2 && !sentence[i].after_mark; i--) {
        if (looks_like_participle(sentence[i - 1].lower)) {
            *participle = i - 1;
            return true;
        }
    }
    return false;
}
