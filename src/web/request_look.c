/* request_look.c - finding a field, a cookie or a language in a head that was parsed. */
#include "web/request.h"

#include "web/byte_kinds.h"

static const struct str nothing = { NULL, 0 };

struct str request_header(const struct request *request, struct str name)
{
    for (size_t i = 0; i < request->header_count; i++)
        if (text_same(request->headers[i].name, name))
            return request->headers[i].value;
    return nothing;
}

static struct str cookie_in(struct str cookies, struct str name)
{
    struct str pair, key;
    while (str_split(&cookies, ';', &pair)) {
        pair = str_trim(pair);
        struct str value = pair;
        if (str_split(&value, '=', &key) && value.at && str_is(key, name))
            return value;
    }
    return nothing;
}

struct str request_cookie(const struct request *request, struct str name)
{
    for (size_t i = 0; i < request->header_count; i++) {
        if (!text_same(request->headers[i].name, STR("Cookie")))
            continue;
        struct str value = cookie_in(request->headers[i].value, name);
        if (value.at)
            return value;
    }
    return nothing;
}

/* A weight as thousandths, RFC 9110 section 12.4.2: 0[.ddd] or 1[.000]. -1 when it is neither. */
static int weight(struct str text)
{
    if (text.len == 0 || text.len > 5 || (text.at[0] != '0' && text.at[0] != '1') ||
        (text.len > 1 && text.at[1] != '.'))
        return -1;
    int sum = (text.at[0] - '0') * 1000, worth = 100;
    for (size_t i = 2; i < text.len; i++, worth /= 10) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return -1;
        sum += (text.at[i] - '0') * worth;
    }
    return sum > 1000 ? -1 : sum;
}

struct wish {
    struct str tag;
    int weight;
};

static bool next_wish(struct str *accept, struct wish *wish)
{
    struct str item, parameter;
    while (str_split(accept, ',', &item)) {
        *wish = (struct wish){ nothing, 1000 };
        str_split(&item, ';', &wish->tag);
        wish->tag = str_trim(wish->tag);
        while (str_split(&item, ';', &parameter)) {
            parameter = str_trim(parameter);
            if (parameter.len > 2 && byte_lower(parameter.at[0]) == 'q' && parameter.at[1] == '=')
                wish->weight = weight(str_from(parameter, 2));
        }
        if (wish->tag.len && wish->weight >= 0)
            return true;
    }
    return false;
}

/* How closely a wish fits a language: 3 the same, 2 a dialect of it ("nl-BE" for "nl"), 1 any. */
static int fit(struct str tag, struct str language)
{
    if (text_same(tag, language))
        return 3;
    if (tag.len > language.len && tag.at[language.len] == '-' &&
        text_same(str_first(tag, language.len), language))
        return 2;
    return str_is(tag, STR("*"));
}

/* The closest wish decides what a language weighs, so that "*;q=0.5, nl;q=0" never gives Dutch. */
static int wanted(struct str accept, struct str language)
{
    struct wish wish;
    int best = 0, weighs = 0;
    while (next_wish(&accept, &wish)) {
        int close = fit(wish.tag, language);
        if (close == 2 && best == 2 && wish.weight > weighs)
            weighs = wish.weight; /* nl-BE and nl-NL: the dearest of them */
        if (close <= best)
            continue;
        best = close;
        weighs = wish.weight;
    }
    return weighs;
}

/* Where the first wish that fits stands; among equals the one that was named first wins. */
static size_t rank(struct str accept, struct str language)
{
    struct wish wish;
    for (size_t i = 0; next_wish(&accept, &wish); i++)
        if (fit(wish.tag, language))
            return i;
    return SIZE_MAX;
}

size_t language_choose(struct str accept, const struct str *offered, size_t count)
{
    size_t best = 0;
    int best_weight = 0;
    if (accept.len > 1024) /* nobody reads that many languages */
        accept = str_first(accept, 1024);
    for (size_t i = 0; i < count; i++) {
        int weighs = wanted(accept, offered[i]);
        if (weighs > best_weight || (weighs == best_weight && weighs > 0 &&
                                     rank(accept, offered[i]) < rank(accept, offered[best]))) {
            best = i;
            best_weight = weighs;
        }
    }
    return best;
}
