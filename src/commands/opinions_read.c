#include "commands/opinions_read.h"

#include <string.h>

#include "base/memory.h"
#include "commands/opinions_matrix.h"
#include "maths/opinions.h"

static const struct str about_person[] = { STR_INIT("participant"), STR_INIT("xid"),
                                           STR_INIT("group-id"),    STR_INIT("n-comments"),
                                           STR_INIT("n-votes"),     STR_INIT("n-agree"),
                                           STR_INIT("n-disagree") };

bool opinions_vote_value(struct str text, int *value)
{
    if (text.len == 1 && (text.at[0] == '0' || text.at[0] == '1')) {
        *value = text.at[0] - '0';
        return true;
    }
    *value = -1;
    return str_is(text, STR("-1"));
}

static bool is_about_person(struct str name)
{
    for (size_t i = 0; i < sizeof about_person / sizeof *about_person; i++)
        if (str_is(name, about_person[i]))
            return true;
    return false;
}

static bool refuse(struct csv *csv, uint32_t field, const char *expected)
{
    csv_wrong(csv, field, expected);
    return false;
}

/* The number of the statement in each column; NO_NAME for the columns about the person. */
static bool wide_header(struct csv *csv, struct opinions_names *statements, uint32_t *column)
{
    for (uint32_t i = 0; i < csv->count; i++) {
        struct str name = csv->fields[i].text;
        column[i] = NO_NAME;
        if (is_about_person(name))
            continue;
        if (name.len == 0)
            return refuse(csv, i, "the id of a statement");
        if (statements->count == OPINIONS_MOST_STATEMENTS)
            return refuse(csv, i, "at most 20000 statements");
        if (opinions_names_find(statements, name) != NO_NAME)
            return refuse(csv, i, "every statement once");
        column[i] = opinions_names_add(statements, name);
    }
    return true;
}

static bool wide_row(struct csv *csv, struct matrix *m, uint32_t person, const uint32_t *column)
{
    for (uint32_t i = 0; i < csv->count; i++) {
        struct matrix_vote vote = { .person = person, .statement = column[i] };
        int value;
        if (column[i] == NO_NAME || csv->fields[i].text.len == 0)
            continue;
        if (!opinions_vote_value(csv->fields[i].text, &value))
            return refuse(csv, i, "1 (agree), -1 (disagree), 0 (pass) or nothing");
        vote.value = (int8_t)value;
        if (!matrix_add(m, vote))
            return refuse(csv, i, "at most 500 million votes");
    }
    return true;
}

static bool read_wide(struct csv *csv, struct opinions_table *t, struct matrix *m)
{
    uint32_t *column = arena_take_many(t->arena, csv->count, sizeof *column);
    uint32_t id = csv_find(csv, STR("participant"));
    if (!wide_header(csv, &t->statements, column))
        return false;
    while (csv_row(csv)) {
        struct str name = csv->fields[id].text;
        if (name.len == 0)
            return refuse(csv, id, "the id of a participant");
        if (t->people.count == OPINIONS_MOST_PEOPLE)
            return refuse(csv, id, "at most 16 million participants");
        if (opinions_names_find(&t->people, name) != NO_NAME)
            return refuse(csv, id, "every participant once");
        if (!wide_row(csv, m, opinions_names_add(&t->people, name), column))
            return false;
    }
    return !csv->broken;
}

struct long_columns {
    uint32_t statement, person, vote, time; /* time may be csv->width: not there */
};

static bool long_row(struct csv *csv, struct opinions_table *t, struct matrix *m,
                     const struct long_columns *at)
{
    struct matrix_vote vote = { 0 };
    struct str person = csv->fields[at->person].text;
    struct str statement = csv->fields[at->statement].text;
    int value;
    if (statement.len == 0)
        return refuse(csv, at->statement, "the id of a statement");
    if (person.len == 0)
        return refuse(csv, at->person, "the id of a participant");
    if (!opinions_vote_value(csv->fields[at->vote].text, &value))
        return refuse(csv, at->vote, "1 (agree), -1 (disagree) or 0 (pass)");
    if (at->time < csv->width && !str_number(csv->fields[at->time].text, &vote.time))
        return refuse(csv, at->time, "a time as a whole number");
    vote.person = opinions_names_add(&t->people, person);
    vote.statement = opinions_names_add(&t->statements, statement);
    vote.value = (int8_t)value;
    if (t->people.count > OPINIONS_MOST_PEOPLE)
        return refuse(csv, at->person, "at most 16 million participants");
    if (t->statements.count > OPINIONS_MOST_STATEMENTS)
        return refuse(csv, at->statement, "at most 20000 statements");
    return matrix_add(m, vote) || refuse(csv, at->vote, "at most 500 million votes");
}

static bool read_long(struct csv *csv, struct opinions_table *t, struct matrix *m)
{
    struct long_columns at = { csv_find(csv, STR("comment-id")), csv_find(csv, STR("voter-id")),
                               csv_find(csv, STR("vote")), csv_find(csv, STR("timestamp")) };
    while (csv_row(csv))
        if (!long_row(csv, t, m, &at))
            return false;
    return !csv->broken;
}

static bool has(const struct csv *csv, struct str name)
{
    return csv_find(csv, name) < csv->count;
}

static bool read_votes(struct csv *csv, struct opinions_table *t, struct matrix *m)
{
    static const char either[] = "a first row with 'participant' and a column a statement, or "
                                 "with 'comment-id', 'voter-id' and 'vote'";
    if (!csv_row(csv)) {
        if (csv->broken)
            return false;
        csv->broken = true;
        csv->error = (struct csv_error){ .line = 1, .column = 1, .found = "an empty file" };
        memcpy(csv->error.expected, either, sizeof either);
        return false;
    }
    if (has(csv, STR("comment-id")) && has(csv, STR("voter-id")) && has(csv, STR("vote")))
        return read_long(csv, t, m);
    if (has(csv, STR("participant")))
        return read_wide(csv, t, m);
    return refuse(csv, 0, either);
}

struct comments {
    struct opinions_names names;
    struct str *text; /* in the arena */
    bool *away;
    uint32_t room;
};

static bool comment_row(struct csv *csv, struct comments *c, struct arena *arena, uint32_t id,
                        uint32_t moderated, uint32_t body)
{
    int away = 0;
    if (csv->fields[id].text.len == 0)
        return refuse(csv, id, "the id of a statement");
    if (moderated < csv->width && !opinions_vote_value(csv->fields[moderated].text, &away))
        return refuse(csv, moderated, "-1 (moderated away), 0 or 1");
    if (opinions_names_find(&c->names, csv->fields[id].text) != NO_NAME)
        return refuse(csv, id, "every statement once");
    uint32_t number = opinions_names_add(&c->names, csv->fields[id].text);
    if (number >= c->room) {
        c->room = c->room ? c->room * 2 : 256;
        c->text = memory_grow(c->text, c->room, sizeof *c->text);
        c->away = memory_grow(c->away, c->room, sizeof *c->away);
    }
    c->away[number] = away < 0;
    c->text[number] = STR("");
    if (body < csv->width)
        c->text[number] = str_keep(arena, csv->fields[body].text);
    return true;
}

static bool read_comments(struct csv *csv, struct comments *c, struct arena *arena)
{
    if (!csv_row(csv))
        return !csv->broken;
    uint32_t id = csv_find(csv, STR("comment-id")), body = csv_find(csv, STR("comment-body"));
    uint32_t moderated = csv_find(csv, STR("moderated"));
    if (id == csv->count)
        return refuse(csv, 0, "a first row with 'comment-id'");
    while (csv_row(csv))
        if (!comment_row(csv, c, arena, id, moderated, body))
            return false;
    return !csv->broken;
}

/* Rows and columns by sorted id, without what was moderated away. */
static void put_in_order(struct opinions_table *t, const struct comments *c)
{
    uint32_t people = t->people.count, statements = t->statements.count, column = 0;
    uint32_t most = people > statements ? people : statements;
    uint32_t *order = memory_new(most, sizeof *order);
    t->person = ARENA_MANY(t->arena, people, struct str);
    t->statement = ARENA_MANY(t->arena, statements, struct str);
    t->text = ARENA_MANY(t->arena, statements, struct str);
    t->person_row = memory_new(people, sizeof *t->person_row);
    t->statement_column = memory_new(statements, sizeof *t->statement_column);
    opinions_names_sort(&t->people, order);
    for (uint32_t i = 0; i < people; i++) {
        t->person_row[order[i]] = i;
        t->person[i] = t->people.name[order[i]];
    }
    opinions_names_sort(&t->statements, order);
    for (uint32_t i = 0; i < statements; i++) {
        struct str name = t->statements.name[order[i]];
        uint32_t known = opinions_names_find(&c->names, name);
        bool away = known != NO_NAME && c->away[known];
        t->statement_column[order[i]] = away ? NO_NAME : column;
        t->left_out += away;
        if (away)
            continue;
        t->text[column] = known != NO_NAME ? c->text[known] : STR("");
        t->statement[column++] = name;
    }
    t->votes.rows = people;
    t->votes.columns = column;
    memory_free(order);
}

static bool read_both(struct opinions_table *t, struct matrix *m, struct comments *c,
                      struct str votes, struct str comments, struct opinions_wrong *wrong)
{
    struct csv csv;
    bool good = csv_open(&csv, votes) && read_votes(&csv, t, m);
    wrong->error = csv.error;
    csv_close(&csv);
    if (!good || comments.len == 0)
        return good;
    good = csv_open(&csv, comments) && read_comments(&csv, c, t->arena);
    wrong->in_comments = true;
    wrong->error = csv.error;
    csv_close(&csv);
    return good;
}

bool opinions_table_read(struct opinions_table *t, struct str votes, struct str comments,
                         struct opinions_wrong *wrong)
{
    struct matrix m = { 0 };
    struct comments c = { 0 };
    *wrong = (struct opinions_wrong){ 0 };
    *t = (struct opinions_table){ .arena = arena_new((size_t)1 << 34) };
    opinions_names_open(&t->people, t->arena);
    opinions_names_open(&t->statements, t->arena);
    opinions_names_open(&c.names, t->arena);
    bool good = read_both(t, &m, &c, votes, comments, wrong);
    if (good) {
        put_in_order(t, &c);
        matrix_make(&m, t->person_row, t->statement_column, &t->votes);
    }
    opinions_names_close(&c.names);
    memory_free(c.text);
    memory_free(c.away);
    matrix_free(&m);
    if (!good)
        opinions_table_free(t);
    return good;
}

void opinions_table_free(struct opinions_table *t)
{
    opinions_names_close(&t->people);
    opinions_names_close(&t->statements);
    memory_free(t->person_row);
    memory_free(t->statement_column);
    memory_free(t->votes.start);
    memory_free(t->votes.target);
    memory_free(t->votes.value);
    arena_free(t->arena);
    *t = (struct opinions_table){ 0 };
}
