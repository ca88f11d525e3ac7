#include "commands/opinions_follow.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/out.h"
#include "commands/commands.h"
#include "commands/opinions_show.h"
#include "maths/opinions_live.h"

enum { PAUSE_MS = 200, PIECE = 1 << 16, LONGEST_LINE = 1 << 16 };

struct follow {
    struct opinions_table *table;
    const struct opinions_options *options;
    struct opinions_live *live;
    struct out waiting; /* bytes read, from `start` not yet looked at */
    size_t start;
    uint32_t line;
    uint64_t batch, votes, left_out;
    bool at_end;
};

/* The row of a participant, also of one who was not there before. */
static uint32_t person_row(struct opinions_table *t, struct str name)
{
    uint32_t before = t->people.count, number = opinions_names_add(&t->people, name);
    if (t->people.count > before) {
        t->person_row = memory_grow(t->person_row, t->people.count, sizeof *t->person_row);
        t->person_row[number] = t->votes.rows++;
    }
    return t->person_row[number];
}

static struct str *one_more(struct arena *arena, const struct str *old, uint32_t count,
                            struct str last)
{
    struct str *fresh = ARENA_MANY(arena, count + 1, struct str);
    if (count)
        memcpy(fresh, old, count * sizeof *fresh);
    fresh[count] = last;
    return fresh;
}

static uint32_t statement_column(struct opinions_table *t, struct str name)
{
    uint32_t before = t->statements.count, number = opinions_names_add(&t->statements, name);
    if (t->statements.count > before) {
        uint32_t columns = t->votes.columns;
        t->statement_column =
            memory_grow(t->statement_column, t->statements.count, sizeof *t->statement_column);
        t->statement = one_more(t->arena, t->statement, columns, t->statements.name[number]);
        t->text = one_more(t->arena, t->text, columns, STR(""));
        t->statement_column[number] = t->votes.columns++;
    }
    return t->statement_column[number];
}

static const char *wrong_field(const struct follow *f, const struct csv *csv, uint32_t *field,
                               int *value)
{
    *field = 0;
    if (csv->count != 3)
        return "comment-id,voter-id,vote";
    if (csv->fields[0].text.len == 0)
        return "the id of a statement";
    if (f->table->votes.columns == OPINIONS_MOST_STATEMENTS &&
        opinions_names_find(&f->table->statements, csv->fields[0].text) == NO_NAME)
        return "at most 20000 statements";
    *field = 1;
    if (csv->fields[1].text.len == 0)
        return "the id of a participant";
    if (f->table->votes.rows == OPINIONS_MOST_PEOPLE &&
        opinions_names_find(&f->table->people, csv->fields[1].text) == NO_NAME)
        return "at most 16 million participants";
    *field = 2;
    return opinions_vote_value(csv->fields[2].text, value) ? NULL : "1, -1 or 0";
}

/* One line of a vote; false, with the place and the reason on standard error, when wrong. */
static bool take_line(struct follow *f, struct str line)
{
    struct csv csv;
    uint32_t field;
    int value;
    const char *expected = NULL;
    bool good = csv_open(&csv, line) && csv_row(&csv);
    if (good && (expected = wrong_field(f, &csv, &field, &value)) != NULL) {
        csv_wrong(&csv, field, expected);
        good = false;
    }
    if (good) {
        uint32_t j = statement_column(f->table, csv.fields[0].text);
        if (j == NO_NAME)
            f->left_out++;
        else
            opinions_live_vote(f->live, person_row(f->table, csv.fields[1].text), j,
                               vote_kind_of((float)value));
        f->votes++;
    } else {
        fprintf(stderr, "standard input:%u:%u: expected %s, found %s\n", f->line, csv.error.column,
                csv.error.expected, csv.error.found);
    }
    csv_close(&csv);
    return good;
}

static void say_json(struct out *out, const struct follow *f, const struct opinions_view *v)
{
    const struct opinions_map *map = v->map;
    double all = map->variance_all > 0 ? map->variance_all : 1;
    uint32_t found[MEANING_MOST];
    uint32_t count = opinions_best(v->meaning, map, BY_CONSENSUS, MEANING_MOST, found);
    out_print(out, "{\"batch\":%llu,\"votes\":%llu,\"people\":%u,\"statements\":%u",
              (unsigned long long)f->batch, (unsigned long long)f->votes, map->voters,
              map->statements);
    out_print(out, ",\"k\":%u,\"inertia\":%.9g,\"variance\":[%.9g,%.9g],\"sizes\":[", map->k,
              map->inertia, map->variance[0] / all, map->variance[1] / all);
    for (uint32_t g = 0; g < map->k; g++)
        out_print(out, "%s%u", g ? "," : "", map->size[g]);
    out_print(out, "],\"regrouped\":%s,\"agreed\":[",
              opinions_live_regrouped(f->live) ? "true" : "false");
    for (uint32_t i = 0; i < count; i++) {
        out_print(out, "%s", i ? "," : "");
        json_text(out, f->table->statement[found[i]]);
    }
    out_print(out, "]}\n");
}

static void say_words(struct out *out, const struct follow *f, const struct opinions_view *v)
{
    const struct opinions_map *map = v->map;
    double all = map->variance_all > 0 ? map->variance_all : 1;
    uint32_t found[1];
    out_print(out, "batch %llu: %llu votes; %u people, %u statements; %.1f %% on the map",
              (unsigned long long)f->batch, (unsigned long long)f->votes, map->voters,
              map->statements, 100 * (map->variance[0] + map->variance[1]) / all);
    out_print(out, map->k ? "; groups" : "; no groups yet");
    for (uint32_t g = 0; g < map->k; g++)
        out_print(out, " %c %u", (int)('A' + g), map->size[g]);
    if (opinions_best(v->meaning, map, BY_CONSENSUS, 1, found)) {
        struct str text = statement_label(f->table, found[0], 60);
        out_print(out, "; all agree: %.*s", STR_FMT(text));
    }
    out_print(out, "\n");
}

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static bool say(struct follow *f)
{
    struct out out;
    struct opinions_meaning meaning;
    struct csr votes = { 0 };
    double before = milliseconds();
    const struct opinions_map *map = opinions_live_refresh(f->live);
    if (f->options->progress)
        fprintf(stderr, "nabij opinions: batch %llu: refreshed in %.2f ms\n",
                (unsigned long long)f->batch, milliseconds() - before);
    if (map->k == 0) /* what bridges is asked of the votes themselves */
        opinions_live_votes(f->live, &votes);
    opinions_meaning_make(&meaning, map, &votes);
    struct opinions_view view = { f->table, &votes, map, &meaning, NO_NAME, 1 };
    out_open(&out, (size_t)1 << 30);
    if (f->options->json)
        say_json(&out, f, &view);
    else
        say_words(&out, f, &view);
    bool good = fwrite(out.at, 1, out.len, stdout) == out.len && fflush(stdout) == 0;
    out_close(&out);
    opinions_meaning_free(&meaning);
    memory_free(votes.start);
    memory_free(votes.target);
    memory_free(votes.value);
    f->batch++;
    f->votes = 0;
    return good;
}

/* More bytes, unless there are none for a while: then false. */
static bool read_more(struct follow *f, bool may_pause)
{
    struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
    if (may_pause && poll(&input, 1, PAUSE_MS) == 0)
        return false;
    size_t left = f->waiting.len - f->start;
    if (left)
        memmove(f->waiting.at, f->waiting.at + f->start, left);
    f->waiting.len = left;
    f->start = 0;
    char *room = out_room(&f->waiting, PIECE);
    ssize_t got = room ? read(STDIN_FILENO, room, PIECE) : 0;
    if (got > 0)
        f->waiting.len += (size_t)got;
    f->at_end = got == 0 || (got < 0 && errno != EINTR);
    return true;
}

/* Takes the next line off what is waiting; false when there is no whole one. */
static bool next_line(struct follow *f, struct str *line)
{
    struct str rest = str_from(out_str(&f->waiting), f->start);
    size_t length = str_find(rest, STR("\n"));
    if (length == rest.len && !(f->at_end && rest.len))
        return false;
    f->start += length < rest.len ? length + 1 : length;
    f->line++;
    *line = str_first(rest, length);
    if (str_ends(*line, STR("\r")))
        line->len--;
    return true;
}

static int take_batches(struct follow *f)
{
    for (;;) {
        struct str line;
        if (!next_line(f, &line)) {
            if (f->at_end)
                return f->votes && !say(f) ? EXIT_BROKEN : EXIT_DONE;
            if (f->waiting.len - f->start > LONGEST_LINE) {
                fprintf(stderr,
                        "standard input:%u:1: expected a line of at most %d bytes, found "
                        "more\n",
                        f->line + 1, LONGEST_LINE);
                return EXIT_INPUT;
            }
            if (!read_more(f, f->votes > 0) && !say(f))
                return EXIT_BROKEN;
        } else if (line.len && !take_line(f, line)) {
            return EXIT_INPUT;
        } else if (!line.len && f->votes && !say(f)) {
            return EXIT_BROKEN;
        }
    }
}

int opinions_follow(struct opinions_table *table, const struct opinions_options *options,
                    struct opinions_team *team)
{
    struct opinions_settings settings = options->settings;
    settings.replicates = 0;
    struct follow f = { .table = table, .options = options };
    f.live = opinions_live_new(&table->votes, &settings, team);
    out_open(&f.waiting, 4 * LONGEST_LINE);
    int status = say(&f) ? take_batches(&f) : EXIT_BROKEN;
    out_close(&f.waiting);
    opinions_live_free(f.live);
    return status;
}
