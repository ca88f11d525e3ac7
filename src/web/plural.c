/* plural.c - the plural rules of Unicode CLDR ("Language Plural Rules"), for whole numbers. */
#include "web/words.h"

static int one_or_more(int64_t n)
{
    return n != 1;
}

static int polish(int64_t n)
{
    bool few = n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14);
    return n == 1 ? 0 : few ? 1 : 2;
}

static int arabic(int64_t n)
{
    if (n <= 2)
        return (int)n;
    int64_t last_two = n % 100;
    return last_two >= 3 && last_two <= 10 ? 3 : last_two >= 11 ? 4 : 5;
}

static const struct plural_rule {
    struct str code;
    int forms;
    int (*form)(int64_t n); /* n is not negative */
} rules[] = {
    { STR_INIT("nl"), 2, one_or_more }, { STR_INIT("en"), 2, one_or_more },
    { STR_INIT("tr"), 2, one_or_more }, { STR_INIT("pl"), 3, polish },
    { STR_INIT("ar"), 6, arabic },
};

static const struct plural_rule *rule_of(struct str code)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (str_is(rules[i].code, code))
            return &rules[i];
    return NULL;
}

int words_plural_forms(struct str code)
{
    const struct plural_rule *rule = rule_of(code);
    return rule ? rule->forms : 0;
}

int words_plural(struct str code, int64_t n)
{
    const struct plural_rule *rule = rule_of(code);
    int64_t size = n >= 0 ? n : n == INT64_MIN ? INT64_MAX : -n;
    return rule ? rule->form(size) : one_or_more(size);
}
