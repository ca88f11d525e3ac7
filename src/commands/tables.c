/* nabij tables - who sits where, so that people meet as many others as they can. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/memory.h"
#include "commands/commands.h"
#include "commands/tables_read.h"
#include "commands/tables_write.h"

static const char help[] =
    "nabij tables: who sits where, round by round, so that nobody meets anybody twice\n"
    "if it can be, and otherwise as seldom as can be.\n"
    "\n"
    "Use: nabij tables --people N|FILE.csv --seats S --rounds R [options]\n"
    "\n"
    "  --people N        N people, called 1 to N\n"
    "  --people FILE     a file with the columns name, languages, apart, together, host,\n"
    "                    from, until (only name is needed; ; between several; - is stdin)\n"
    "  --seats S         at most S people at a table\n"
    "  --larger          at least S at a table instead: some get one more\n"
    "  --rounds R        how many rounds\n"
    "  --hosts H         the first H people each stay at one table (1 to H)\n"
    "  --apart a-b,c-d   these never share a table      --together a-b   these always do\n"
    "  --late WHO:R      WHO comes in round R           --leave WHO:R    WHO is gone from round R\n"
    "                    (both may be given more than once, or with , between)\n"
    "  --plan FILE --from-round R   keep rounds 1 to R-1 of an earlier plan, plan the rest\n"
    "\n"
    "Without more, the plan is printed as CSV (round,table,person). Instead of that:\n"
    "  --cards           a list to read out             --print   one slip a person\n"
    "  --json            for programs\n"
    "  --svg FILE        also draws the seating cards\n"
    "\n"
    "  --seed N          another plan as good (1)       --effort N  thousand steps of search\n"
    "  --threads N       1 or 2, the answer is the same (2)\n"
    "\n"
    "On standard error: how many meetings are repeats, and how many nobody can avoid.\n"
    "Exit status 0: every wish is kept. 1: a plan was printed, but a pair apart or together\n"
    "or a shared language could not be. 2: something typed or read is not right.\n"
    "\n"
    "Example: nabij tables --people 20 --seats 4 --rounds 5 --hosts 5 --cards\n";

enum form { FORM_CSV, FORM_CARDS, FORM_PRINT, FORM_JSON };

struct options {
    const char *people, *plan, *svg;
    const char *apart, *together;
    int64_t seats, rounds, hosts, from_round, seed, threads, effort;
    bool larger;
    enum form form;
    const char *when[64]; /* --late and --leave, as they were typed */
    bool leave[64];
    size_t whens;
};

__attribute__((format(printf, 1, 2))) static int refuse(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("nabij tables: ", stderr);
    vfprintf(stderr, format, args);
    va_end(args);
    fputs("\n`nabij tables --help` explains, with an example.\n", stderr);
    return EXIT_INPUT;
}

static int refuse_at(const char *file, const struct tables_mistake *m)
{
    if (m->line)
        fprintf(stderr, "%s:%zu:%zu: %s\n", file, m->line, m->column, m->what);
    else
        fprintf(stderr, "nabij tables: %s: %s\n", file, m->what);
    return EXIT_INPUT;
}

static bool option_number(const char *name, const char *value, int64_t least, int64_t most,
                          int64_t *number)
{
    if (str_number(str_of(value), number) && *number >= least && *number <= most)
        return true;
    fprintf(stderr, "nabij tables: expected a number from %lld to %lld after %s, found '%s'\n",
            (long long)least, (long long)most, name, value);
    return false;
}

struct number_option {
    const char *name;
    int64_t least, most;
    size_t at;
};

struct text_option {
    const char *name;
    size_t at;
};

static const struct number_option numbers[] = {
    { "--seats", 2, TABLES_MOST_SEATS, offsetof(struct options, seats) },
    { "--rounds", 1, TABLES_MOST_ROUNDS, offsetof(struct options, rounds) },
    { "--hosts", 0, TABLES_MOST_PEOPLE, offsetof(struct options, hosts) },
    { "--from-round", 1, TABLES_MOST_ROUNDS, offsetof(struct options, from_round) },
    { "--seed", 0, INT64_MAX, offsetof(struct options, seed) },
    { "--threads", 1, 64, offsetof(struct options, threads) },
    { "--effort", 1, 1000000, offsetof(struct options, effort) },
};

static const struct text_option texts[] = {
    { "--people", offsetof(struct options, people) },
    { "--plan", offsetof(struct options, plan) },
    { "--svg", offsetof(struct options, svg) },
    { "--apart", offsetof(struct options, apart) },
    { "--together", offsetof(struct options, together) },
};

/* False when it is no flag: then the next word is its value. */
static bool take_flag(struct options *o, const char *word)
{
    if (strcmp(word, "--larger") == 0)
        o->larger = true;
    else if (strcmp(word, "--cards") == 0)
        o->form = FORM_CARDS;
    else if (strcmp(word, "--print") == 0)
        o->form = FORM_PRINT;
    else if (strcmp(word, "--json") == 0)
        o->form = FORM_JSON;
    else
        return false;
    return true;
}

static int take_value(struct options *o, const char *name, const char *value)
{
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (strcmp(name, numbers[i].name) == 0) {
            int64_t number;
            if (!option_number(name, value, numbers[i].least, numbers[i].most, &number))
                return EXIT_INPUT;
            memcpy((char *)o + numbers[i].at, &number, sizeof number);
            return EXIT_DONE;
        }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(name, texts[i].name) == 0) {
            memcpy((char *)o + texts[i].at, &value, sizeof value);
            return EXIT_DONE;
        }
    if (strcmp(name, "--late") != 0 && strcmp(name, "--leave") != 0)
        return refuse("there is no option '%s'", name);
    if (o->whens == sizeof o->when / sizeof *o->when)
        return refuse("%s was given too often; use the columns from and until", name);
    o->leave[o->whens] = strcmp(name, "--leave") == 0;
    o->when[o->whens++] = value;
    return EXIT_DONE;
}

static int read_options(int argc, char **argv, struct options *o)
{
    *o = (struct options){ .seed = 1, .threads = 2 };
    for (int i = 1; i < argc; i++) {
        if (take_flag(o, argv[i]))
            continue;
        if (strncmp(argv[i], "--", 2) != 0)
            return refuse("expected an option, found '%s'", argv[i]);
        if (i + 1 == argc)
            return refuse("expected something after %s", argv[i]);
        int status = take_value(o, argv[i], argv[i + 1]);
        if (status != EXIT_DONE)
            return status;
        i++;
    }
    if (!o->people || !o->seats || !o->rounds)
        return refuse("expected %s", "--people, --seats and --rounds");
    if ((o->plan == NULL) != (o->from_round == 0) || o->from_round > o->rounds)
        return refuse("expected %s", "--plan FILE and --from-round R together, R within --rounds");
    return EXIT_DONE;
}

/* The whole of a file or of standard input; false when it cannot be read. */
static bool read_file(struct out *out, const char *path)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    struct stat stat;
    bool fine = file && fstat(fileno(file), &stat) == 0 && !S_ISDIR(stat.st_mode);
    for (size_t got = 1; fine && got > 0;) {
        char *room = out_room(out, 65536);
        if (!room)
            break;
        got = fread(room, 1, 65536, file);
        out->len += got;
    }
    fine = fine && !ferror(file) && !out->overflow;
    if (!fine)
        fprintf(stderr, "nabij tables: cannot read %s: %s\n", path,
                out->overflow ? "it is too large" : strerror(errno ? errno : EISDIR));
    if (file && file != stdin)
        fclose(file);
    return fine;
}

/* All of it or nothing: written beside, then renamed. */
static bool write_file(const char *path, struct str text, struct arena *arena)
{
    char *beside = str_zero(arena, str_print(arena, "%s.part%ld", path, (long)getpid()));
    FILE *file = fopen(beside, "wb");
    bool fine = file && fwrite(text.at, 1, text.len, file) == text.len;
    if (file)
        fine = fclose(file) == 0 && fine;
    fine = fine && rename(beside, path) == 0;
    if (!fine) {
        fprintf(stderr, "nabij tables: cannot write %s: %s\n", path, strerror(errno));
        remove(beside);
    }
    return fine;
}

struct work {
    struct options o;
    struct arena *arena;
    struct tables_people people;
    struct tables_wish wish;
    struct tables_answer answer;
    uint16_t *table;
    struct out text;
};

static int read_people(struct work *w, struct out *file)
{
    int64_t number;
    struct tables_mistake mistake;
    if (str_number(str_of(w->o.people), &number)) {
        if (!option_number("--people", w->o.people, 1, TABLES_MOST_PEOPLE, &number))
            return EXIT_INPUT;
        tables_people_numbered(w->arena, (uint32_t)number, &w->people);
    } else {
        if (!read_file(file, w->o.people))
            return EXIT_INPUT;
        if (!tables_people_read(w->arena, out_str(file), &w->people, &mistake))
            return refuse_at(w->o.people, &mistake);
    }
    if (w->o.hosts > w->people.count)
        return refuse("there are more hosts than people (%s)", w->o.people);
    for (uint32_t p = 0; p < w->o.hosts; p++)
        w->people.host[p] = 1;
    const char *pairs[2] = { w->o.together, w->o.apart };
    for (int apart = 0; apart < 2; apart++)
        if (pairs[apart] &&
            !tables_pairs_read(w->arena, str_of(pairs[apart]), &w->people, apart, &mistake))
            return refuse_at(apart ? "--apart" : "--together", &mistake);
    return EXIT_DONE;
}

/* WHO:R,WHO:R as it was typed after --late or --leave. */
static int read_when(struct work *w, const char *typed, bool leave)
{
    struct str list = str_of(typed), one;
    while (str_split(&list, ',', &one)) {
        size_t colon = one.len;
        while (colon > 0 && one.at[colon - 1] != ':')
            colon--;
        int64_t round = 0;
        uint32_t p = w->people.count;
        if (colon > 0)
            p = tables_person(&w->people, str_trim(str_first(one, colon - 1)));
        if (p == w->people.count || !str_number(str_from(one, colon), &round) || round < 1 ||
            round > TABLES_MOST_ROUNDS)
            return refuse("expected WHO:ROUND after --late or --leave, found '%s'", typed);
        if (leave && round == 1)
            return refuse("who leaves before round 1 does not belong in the list: '%s'", typed);
        if (leave)
            w->people.until[p] = (uint32_t)round - 1;
        else
            w->people.from[p] = (uint32_t)round;
    }
    return EXIT_DONE;
}

static bool comes_and_goes(const struct tables_people *people)
{
    for (uint32_t p = 0; p < people->count; p++)
        if (people->from[p] > 1 || people->until[p])
            return true;
    return false;
}

/* Who is there when: in the past as the earlier plan says, after that as was asked. */
static int read_presence(struct work *w, struct out *file)
{
    uint32_t n = w->people.count, rounds = (uint32_t)w->o.rounds, from = 0;
    for (size_t i = 0; i < w->o.whens; i++) {
        int status = read_when(w, w->o.when[i], w->o.leave[i]);
        if (status != EXIT_DONE)
            return status;
    }
    if (w->o.plan) {
        struct tables_mistake mistake;
        from = (uint32_t)w->o.from_round - 1;
        if (!read_file(file, w->o.plan))
            return EXIT_INPUT;
        if (!tables_plan_read(w->arena, out_str(file), &w->people, from + 1, w->table, &mistake))
            return refuse_at(w->o.plan, &mistake);
    }
    w->wish.from_round = from;
    if (!from && !comes_and_goes(&w->people))
        return EXIT_DONE;
    uint8_t *here = ARENA_MANY(w->arena, (size_t)n * rounds, uint8_t);
    for (uint32_t r = 0; r < rounds; r++)
        for (uint32_t p = 0; p < n; p++)
            here[(size_t)r * n + p] =
                r < from ? w->table[(size_t)r * n + p] != TABLES_NOWHERE
                         : r + 1 >= w->people.from[p] &&
                               (!w->people.until[p] || r + 1 <= w->people.until[p]);
    w->wish.here = here;
    return EXIT_DONE;
}

static int read_all(struct work *w, struct out *people_file, struct out *plan_file)
{
    int status = read_people(w, people_file);
    if (status != EXIT_DONE)
        return status;
    w->table = ARENA_MANY(w->arena, (size_t)w->people.count * (size_t)w->o.rounds, uint16_t);
    w->wish = (struct tables_wish){
        .people = w->people.count,
        .rounds = (uint32_t)w->o.rounds,
        .seats = (uint32_t)w->o.seats,
        .larger = w->o.larger,
        .languages = w->people.languages,
        .host = w->people.host,
        .apart = w->people.apart,
        .together = w->people.together,
        .apart_count = w->people.apart_count,
        .together_count = w->people.together_count,
        .seed = (uint64_t)w->o.seed,
        .threads = (uint32_t)w->o.threads,
        .effort = (uint32_t)w->o.effort,
    };
    for (size_t i = 0; i < w->people.apart_count; i++)
        for (size_t j = 0; j < w->people.together_count; j++) {
            struct tables_pair a = w->people.apart[i], b = w->people.together[j];
            if ((a.a == b.a && a.b == b.b) || (a.a == b.b && a.b == b.a))
                return refuse("the same two people are to sit apart and together: %s",
                              str_zero(w->arena, w->people.name[a.a]));
        }
    for (size_t j = 0; j < w->people.together_count; j++) {
        struct tables_pair b = w->people.together[j];
        if (w->people.host[b.a] && w->people.host[b.b])
            return refuse("two hosts each stay at their own table, they cannot sit together: %s",
                          str_zero(w->arena, w->people.name[b.a]));
    }
    return read_presence(w, plan_file);
}

static void report(const struct work *w)
{
    const struct tables_answer *a = &w->answer;
    fprintf(stderr, "repeated meetings: %llu", (unsigned long long)a->repeats);
    if (a->repeats == a->bound)
        fputs(a->repeats ? " (nobody can plan fewer)" : " (nobody meets anybody twice)", stderr);
    else
        fprintf(stderr, " (the counting bound is %llu: %llu away)", (unsigned long long)a->bound,
                (unsigned long long)(a->repeats - a->bound));
    fprintf(stderr, "; %llu meetings, a pair meets %u times at most\n",
            (unsigned long long)a->meetings, a->most);
    if (a->apart_broken)
        fprintf(stderr, "not kept: %u times two people who want to sit apart share a table\n",
                a->apart_broken);
    if (a->together_broken)
        fprintf(stderr, "not kept: %u times two people who want to sit together do not\n",
                a->together_broken);
    if (a->without_language)
        fprintf(stderr, "not kept: %u tables without a language that all of them speak\n",
                a->without_language);
}

static int write_all(struct work *w)
{
    static void (*const forms[])(struct out *, const struct tables_plan *) = {
        tables_write_csv, tables_write_cards, tables_write_slips, tables_write_json
    };
    struct tables_plan plan = { &w->people, w->table, w->wish.rounds, &w->answer };
    if (w->o.svg) {
        tables_write_svg(&w->text, &plan);
        if (!write_file(w->o.svg, out_str(&w->text), w->arena))
            return EXIT_BROKEN;
        out_clear(&w->text);
    }
    forms[w->o.form](&w->text, &plan);
    bool fine = fwrite(w->text.at, 1, w->text.len, stdout) == w->text.len && fflush(stdout) == 0;
    report(w);
    if (!fine || w->text.overflow)
        return EXIT_BROKEN;
    const struct tables_answer *a = &w->answer;
    return a->apart_broken || a->together_broken || a->without_language ? EXIT_NO : EXIT_DONE;
}

static int run(struct work *w)
{
    struct out people_file, plan_file;
    out_open(&people_file, (size_t)64 << 20);
    out_open(&plan_file, (size_t)64 << 20);
    int status = read_all(w, &people_file, &plan_file);
    if (status == EXIT_DONE) {
        enum tables_problem problem = tables_plan(&w->wish, w->table, &w->answer);
        if (problem == TABLES_TOO_MANY_HOSTS)
            status =
                refuse("expected at most as many hosts as %s in every round, found more", "tables");
        else
            status = problem == TABLES_FINE ? write_all(w) : EXIT_BROKEN;
    }
    out_close(&people_file);
    out_close(&plan_file);
    return status;
}

int command_tables(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0) {
            fputs(help, stdout);
            return EXIT_DONE;
        }
    struct work *w = memory_new(1, sizeof *w);
    int status = read_options(argc, argv, &w->o);
    if (status == EXIT_DONE) {
        w->arena = arena_new((size_t)256 << 20);
        out_open(&w->text, (size_t)512 << 20);
        status = run(w);
        out_close(&w->text);
        arena_free(w->arena);
    }
    memory_free(w);
    return status;
}
