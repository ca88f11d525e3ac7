#include "commands/tables_read.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MOST_FIELDS = 32, MOST_LANGUAGES = 64 };

enum column { NAME, LANGUAGES, APART, TOGETHER, HOST, FROM, UNTIL, COLUMNS };
static const struct str column_names[COLUMNS] = { STR_INIT("name"),  STR_INIT("languages"),
                                                  STR_INIT("apart"), STR_INIT("together"),
                                                  STR_INIT("host"),  STR_INIT("from"),
                                                  STR_INIT("until") };

/* One line at a time, a field at a time; `line` and `column` of the field read last. */
struct reader {
    struct arena *arena;
    struct str left;
    size_t line;
    struct str field[MOST_FIELDS];
    size_t column[MOST_FIELDS], fields;
    struct tables_mistake *mistake;
};

__attribute__((format(printf, 4, 5))) static bool wrong(struct tables_mistake *mistake, size_t line,
                                                        size_t column, const char *format, ...)
{
    va_list args;
    mistake->line = line;
    mistake->column = column;
    va_start(args, format);
    vsnprintf(mistake->what, sizeof mistake->what, format, args);
    va_end(args);
    return false;
}

/* A quoted field: "" inside stands for one quote. It may not run on to the next line. */
static bool read_quoted(struct reader *r, const char **at, const char *end, const char *start)
{
    const char *from = *at + 1, *p = from;
    char *copy = arena_take(r->arena, (size_t)(end - from) + 1);
    size_t length = 0;
    for (; p < end; p++) {
        if (*p == '"' && (p + 1 == end || p[1] != '"'))
            break;
        p += *p == '"';
        copy[length++] = *p;
    }
    if (p >= end || (p + 1 < end && p[1] != ','))
        return wrong(r->mistake, r->line, (size_t)(*at - start) + 1,
                     "expected a closing quote and a comma, found neither on this line");
    r->field[r->fields] = (struct str){ copy, length };
    *at = p + 1;
    return true;
}

/* The next line that holds something. 1 read, 0 at the end, -1 mistake. */
static int read_line(struct reader *r)
{
    struct str line;
    do {
        if (!str_split(&r->left, '\n', &line))
            return 0;
        r->line++;
        if (line.len && line.at[line.len - 1] == '\r')
            line.len--;
    } while (str_trim(line).len == 0);
    const char *start = line.at, *at = start, *end = start + line.len;
    for (r->fields = 0;; r->fields++, at++) {
        if (r->fields == MOST_FIELDS) {
            wrong(r->mistake, r->line, (size_t)(at - start) + 1,
                  "expected at most %d columns, found more", MOST_FIELDS);
            return -1;
        }
        r->column[r->fields] = (size_t)(at - start) + 1;
        if (at < end && *at == '"') {
            if (!read_quoted(r, &at, end, start))
                return -1;
        } else {
            const char *from = at;
            while (at < end && *at != ',')
                at++;
            r->field[r->fields] = str_trim((struct str){ from, (size_t)(at - from) });
        }
        if (at >= end)
            break;
    }
    r->fields++;
    return 1;
}

static bool reader_open(struct reader *r, struct arena *arena, struct str text,
                        struct tables_mistake *mistake)
{
    size_t bad;
    *r = (struct reader){ .arena = arena, .left = text, .mistake = mistake };
    if (text.len && !str_utf8(text, &bad)) {
        size_t line = 1, start = 0;
        for (size_t i = 0; i < bad; i++)
            if (text.at[i] == '\n') {
                line++;
                start = i + 1;
            }
        return wrong(mistake, line, bad - start + 1, "expected UTF-8 text, found other bytes");
    }
    if (str_starts(text, STR("\xef\xbb\xbf")))
        r->left = str_from(text, 3);
    return true;
}

uint32_t tables_person(const struct tables_people *people, struct str name)
{
    for (uint32_t p = 0; p < people->count; p++)
        if (str_is(people->name[p], name))
            return p;
    return people->count;
}

static void add_pair(struct arena *arena, struct tables_people *people, bool apart, uint32_t a,
                     uint32_t b)
{
    struct tables_pair **list = apart ? &people->apart : &people->together;
    size_t *count = apart ? &people->apart_count : &people->together_count;
    size_t *room = apart ? &people->apart_room : &people->together_room;
    if (*count == *room) {
        *room = *room ? *room * 2 : 64;
        struct tables_pair *grown = ARENA_MANY(arena, *room, struct tables_pair);
        if (*count)
            memcpy(grown, *list, *count * sizeof **list);
        *list = grown;
    }
    for (size_t i = 0; i < *count; i++)
        if (((*list)[i].a == a && (*list)[i].b == b) || ((*list)[i].a == b && (*list)[i].b == a))
            return;
    (*list)[(*count)++] = (struct tables_pair){ a, b };
}

static void people_room(struct arena *arena, uint32_t count, struct tables_people *people)
{
    *people = (struct tables_people){ .count = count };
    people->name = ARENA_MANY(arena, count, struct str);
    people->host = ARENA_MANY(arena, count, uint8_t);
    people->from = ARENA_MANY(arena, count, uint32_t);
    people->until = ARENA_MANY(arena, count, uint32_t);
    for (uint32_t p = 0; p < count; p++)
        people->from[p] = 1;
}

void tables_people_numbered(struct arena *arena, uint32_t count, struct tables_people *people)
{
    people_room(arena, count, people);
    for (uint32_t p = 0; p < count; p++)
        people->name[p] = str_print(arena, "%u", p + 1);
}

static bool read_heading(struct reader *r, int place[COLUMNS])
{
    for (int c = 0; c < COLUMNS; c++)
        place[c] = -1;
    for (size_t i = 0; i < r->fields; i++) {
        int c = 0;
        while (c < COLUMNS && !str_is(r->field[i], column_names[c]))
            c++;
        if (c == COLUMNS)
            return wrong(r->mistake, r->line, r->column[i],
                         "expected a column name, languages, apart, together, host, from or "
                         "until, found '%.*s'",
                         (int)(r->field[i].len < 40 ? r->field[i].len : 40), r->field[i].at);
        if (place[c] >= 0)
            return wrong(r->mistake, r->line, r->column[i],
                         "expected each column once, found "
                         "it again");
        place[c] = (int)i;
    }
    if (place[NAME] < 0)
        return wrong(r->mistake, r->line, 1, "expected a column 'name', found none");
    return true;
}

static bool read_languages(struct reader *r, size_t i, struct str *known, size_t *count,
                           uint64_t *mask)
{
    struct str list = r->field[i], one;
    while (str_split(&list, ';', &one)) {
        one = str_trim(one);
        if (!one.len)
            continue;
        size_t l = 0;
        while (l < *count && !str_is(known[l], one))
            l++;
        if (l == MOST_LANGUAGES)
            return wrong(r->mistake, r->line, r->column[i],
                         "expected at most %d languages, found one more", MOST_LANGUAGES);
        if (l == *count)
            known[(*count)++] = one;
        *mask |= 1ull << l;
    }
    if (!*mask)
        return wrong(r->mistake, r->line, r->column[i],
                     "expected a language (several with ; between), found none");
    return true;
}

static bool read_round(struct reader *r, size_t i, uint32_t *round)
{
    int64_t number;
    if (!r->field[i].len)
        return true;
    if (!str_number(r->field[i], &number) || number < 1 || number > TABLES_MOST_ROUNDS)
        return wrong(r->mistake, r->line, r->column[i],
                     "expected a round from 1 to %d, found '%.*s'", TABLES_MOST_ROUNDS,
                     (int)(r->field[i].len < 40 ? r->field[i].len : 40), r->field[i].at);
    *round = (uint32_t)number;
    return true;
}

static bool read_host(struct reader *r, size_t i, uint8_t *host)
{
    static const struct str yes[] = { STR_INIT("1"), STR_INIT("yes"), STR_INIT("ja"),
                                      STR_INIT("host"), STR_INIT("x") };
    static const struct str no[] = { STR_INIT(""), STR_INIT("0"), STR_INIT("no"), STR_INIT("nee") };
    for (size_t k = 0; k < sizeof yes / sizeof *yes; k++)
        if (str_is(r->field[i], yes[k]))
            *host = 1;
    bool known = *host;
    for (size_t k = 0; k < sizeof no / sizeof *no; k++)
        known = known || str_is(r->field[i], no[k]);
    if (!known)
        return wrong(r->mistake, r->line, r->column[i], "expected yes or no, found '%.*s'",
                     (int)(r->field[i].len < 40 ? r->field[i].len : 40), r->field[i].at);
    return true;
}

/* The names of others in one field, once everybody's name is known. */
struct others {
    size_t line, column;
    uint32_t person;
    bool apart;
    struct str names;
};

static bool join_others(struct arena *arena, struct tables_people *people,
                        const struct others *others, size_t count, struct tables_mistake *mistake)
{
    for (size_t i = 0; i < count; i++) {
        struct str list = others[i].names, one;
        while (str_split(&list, ';', &one)) {
            one = str_trim(one);
            if (!one.len)
                continue;
            uint32_t other = tables_person(people, one);
            if (other == people->count || other == others[i].person)
                return wrong(mistake, others[i].line, others[i].column,
                             "expected the name of somebody else in this file, found '%.*s'",
                             (int)(one.len < 60 ? one.len : 60), one.at);
            add_pair(arena, people, others[i].apart, others[i].person, other);
        }
    }
    return true;
}

static bool read_person(struct reader *r, const int place[COLUMNS], struct tables_people *people,
                        uint32_t p, struct str *known, size_t *languages)
{
    if ((int)r->fields <= place[NAME] || !r->field[place[NAME]].len)
        return wrong(r->mistake, r->line, 1, "expected a name, found none");
    people->name[p] = r->field[place[NAME]];
    for (int c = LANGUAGES; c < COLUMNS; c++) {
        size_t i = (size_t)place[c];
        bool fine = true;
        if (place[c] < 0)
            continue;
        if (i >= r->fields)
            return wrong(r->mistake, r->line, 1,
                         "expected as many columns as the first line, "
                         "found fewer");
        if (c == LANGUAGES)
            fine = read_languages(r, i, known, languages, &people->languages[p]);
        else if (c == HOST)
            fine = read_host(r, i, &people->host[p]);
        else if (c == FROM || c == UNTIL)
            fine = read_round(r, i, c == FROM ? &people->from[p] : &people->until[p]);
        if (!fine)
            return false;
    }
    return true;
}

bool tables_people_read(struct arena *arena, struct str text, struct tables_people *people,
                        struct tables_mistake *mistake)
{
    struct reader r;
    int place[COLUMNS], got;
    struct str known[MOST_LANGUAGES];
    size_t languages = 0, others_count = 0;
    if (!reader_open(&r, arena, text, mistake))
        return false;
    if ((got = read_line(&r)) <= 0)
        return got < 0 ? false
                       : wrong(mistake, 1, 1,
                               "expected a line with column names, found "
                               "an empty file");
    if (!read_heading(&r, place))
        return false;
    people_room(arena, TABLES_MOST_PEOPLE, people);
    if (place[LANGUAGES] >= 0)
        people->languages = ARENA_MANY(arena, TABLES_MOST_PEOPLE, uint64_t);
    struct others *others = ARENA_MANY(arena, 2 * TABLES_MOST_PEOPLE, struct others);
    people->count = 0;
    while ((got = read_line(&r)) > 0) {
        uint32_t p = people->count;
        if (p == TABLES_MOST_PEOPLE)
            return wrong(mistake, r.line, 1, "expected at most %d people, found more",
                         TABLES_MOST_PEOPLE);
        if (!read_person(&r, place, people, p, known, &languages))
            return false;
        if (tables_person(people, people->name[p]) < p)
            return wrong(mistake, r.line, r.column[place[NAME]],
                         "expected every name once, found it again");
        people->count++;
        for (int c = APART; c <= TOGETHER; c++)
            if (place[c] >= 0)
                others[others_count++] =
                    (struct others){ r.line, r.column[place[c]], p, c == APART, r.field[place[c]] };
    }
    if (got < 0)
        return false;
    if (people->count == 0)
        return wrong(mistake, r.line, 1, "expected people below the first line, found nobody");
    return join_others(arena, people, others, others_count, mistake);
}

bool tables_pairs_read(struct arena *arena, struct str text, struct tables_people *people,
                       bool apart, struct tables_mistake *mistake)
{
    struct str pair;
    while (str_split(&text, ',', &pair)) {
        bool found = false;
        for (size_t i = 1; i + 1 < pair.len && !found; i++) {
            if (pair.at[i] != '-')
                continue;
            uint32_t a = tables_person(people, str_trim(str_first(pair, i)));
            uint32_t b = tables_person(people, str_trim(str_from(pair, i + 1)));
            found = a < people->count && b < people->count && a != b;
            if (found)
                add_pair(arena, people, apart, a, b);
        }
        if (!found)
            return wrong(mistake, 0, 0, "expected two different people as a-b, found '%.*s'",
                         (int)(pair.len < 60 ? pair.len : 60), pair.at);
    }
    return true;
}

static bool plan_line(struct reader *r, const struct tables_people *people, uint32_t before,
                      uint16_t *table)
{
    int64_t round, number;
    if (r->fields < 3)
        return wrong(r->mistake, r->line, 1, "expected round,table,person, found fewer columns");
    if (!str_number(r->field[0], &round) || round < 1 || round > TABLES_MOST_ROUNDS)
        return wrong(r->mistake, r->line, r->column[0], "expected a round from 1 to %d",
                     TABLES_MOST_ROUNDS);
    if (round >= before)
        return true;
    if (!str_number(r->field[1], &number) || number < 1 || number > people->count)
        return wrong(r->mistake, r->line, r->column[1], "expected a table from 1 to %u",
                     people->count);
    uint32_t p = tables_person(people, r->field[2]);
    if (p == people->count)
        return wrong(r->mistake, r->line, r->column[2],
                     "expected somebody of the list of people, found '%.*s'",
                     (int)(r->field[2].len < 60 ? r->field[2].len : 60), r->field[2].at);
    uint16_t *seat = &table[((size_t)round - 1) * people->count + p];
    if (*seat != TABLES_NOWHERE)
        return wrong(r->mistake, r->line, r->column[2],
                     "expected each person once a round, found '%.*s' again",
                     (int)(r->field[2].len < 60 ? r->field[2].len : 60), r->field[2].at);
    *seat = (uint16_t)(number - 1);
    return true;
}

bool tables_plan_read(struct arena *arena, struct str text, const struct tables_people *people,
                      uint32_t before, uint16_t *table, struct tables_mistake *mistake)
{
    struct reader r;
    int got;
    if (!reader_open(&r, arena, text, mistake))
        return false;
    if ((got = read_line(&r)) < 0)
        return false;
    if (!got || r.fields != 3 || !str_is(r.field[0], STR("round")) ||
        !str_is(r.field[1], STR("table")) || !str_is(r.field[2], STR("person")))
        return wrong(mistake, 1, 1, "expected the first line round,table,person");
    memset(table, 0xff, (size_t)people->count * (before - 1) * sizeof *table);
    while ((got = read_line(&r)) > 0)
        if (!plan_line(&r, people, before, table))
            return false;
    return got == 0;
}
