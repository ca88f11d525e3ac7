/* suggest.c - `nabij suggest`: who might like to meet whom, and why. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "commands/commands.h"
#include "commands/suggest_file.h"
#include "commands/suggest_read.h"
#include "commands/suggest_write.h"
#include "maths/suggest_threads.h"

#define EVERYBODY    400u /* up to so many people every pair is looked at */
#define CHOICE_SMALL 40u  /* else so many a person, */
#define CHOICE_LARGE 10u  /* or so many in a place of more than LARGE */
#define LARGE        50000u
#define CHOICE_WIDER 100u /* for those who would be left out */
#define BOUND_SWEEPS 8u
#define MOST_EACH    100
#define OUT_LIMIT    ((size_t)64 << 30)

enum form { FORM_CSV, FORM_JSON, FORM_TABLE };

struct options {
    const char *people, *lines, *svg, *who;
    int64_t each, lists, seed, threads;
    float porch;
    enum form form;
    bool progress, help;
};

struct work {
    struct options o;
    struct str people_text, lines_text;
    struct suggest_crowd crowd;
    struct suggest_ties ties;
    struct suggest_place *place;
    struct suggest_row *row;
    struct suggest_found found;
    struct timespec begun;
};

static const char help[] =
    "nabij suggest PEOPLE.csv LINES.csv [options]\n"
    "\n"
    "Who might like to meet whom, and why: an introduction round in which nobody is left out\n"
    "and nobody gets more than they asked for.\n"
    "\n"
    "  PEOPLE.csv   id,languages,strengths,wishes,interests,x,y,open    `;` within a list, x and\n"
    "               y in metres, open = how many introductions they want now (0: leave me)\n"
    "  LINES.csv    a,b,since[,named]    named = yes when both agreed to be named as a friend\n"
    "               in common. `-` reads one of the two from standard input.\n"
    "\n"
    "  --each N     at most N introductions a person, 1 to 100 (3)\n"
    "  --lists N    no round: everybody's best N, for looking at\n"
    "  --for ID     one person only; with --lists their best N, without it their introductions\n"
    "  --porch M    metres that count as the same porch (25)\n"
    "  --table      sentences for people        --json  everything for machines\n"
    "               (otherwise CSV: id,partner,weight,reasons)\n"
    "  --svg FILE   a map with the introductions\n"
    "  --seed N     breaks ties (0)             --threads N  (as many as the machine has)\n"
    "  --progress   say on standard error what is being done\n"
    "\n"
    "Example: nabij suggest people.csv lines.csv --each 2 --table --svg map.svg\n";

static int refuse(const char *what, const char *found)
{
    fprintf(stderr, "nabij suggest: %s%s%s. `nabij suggest --help` explains.\n", what,
            found ? ", found " : "", found ? found : "");
    return EXIT_INPUT;
}

static void say(const struct work *w, const char *doing)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (w->o.progress || (now.tv_sec - w->begun.tv_sec > 1 && isatty(STDERR_FILENO)))
        fprintf(stderr, "suggest: %s\n", doing);
}

static bool take_number(const char *text, int64_t least, int64_t most, int64_t *number)
{
    return text && str_number(str_of(text), number) && *number >= least && *number <= most;
}

/* Options that have a value. Returns NULL, or what was expected. */
static const char *take_value(struct options *o, const char *name, const char *value)
{
    int64_t metres = 0;
    if (strcmp(name, "--each") == 0)
        return take_number(value, 1, MOST_EACH, &o->each) ? NULL : "expected --each from 1 to 100";
    if (strcmp(name, "--lists") == 0)
        return take_number(value, 1, MOST_EACH, &o->lists) ? NULL
                                                           : "expected --lists from 1 to 100";
    if (strcmp(name, "--seed") == 0)
        return take_number(value, 0, INT64_MAX, &o->seed) ? NULL : "expected --seed as a number";
    if (strcmp(name, "--threads") == 0)
        return take_number(value, 1, SUGGEST_THREADS_MAX, &o->threads)
                   ? NULL
                   : "expected --threads from 1 to 64";
    if (strcmp(name, "--porch") == 0) {
        if (!take_number(value, 1, 1000, &metres))
            return "expected --porch in whole metres from 1 to 1000";
        o->porch = (float)metres;
        return NULL;
    }
    const char **text = strcmp(name, "--svg") == 0   ? &o->svg
                        : strcmp(name, "--for") == 0 ? &o->who
                                                     : NULL;
    if (!text)
        return "expected an option that suggest has";
    *text = value;
    return value ? NULL : "expected a value after the option";
}

static int read_options(int argc, char **argv, struct options *o)
{
    *o = (struct options){ .each = 3, .threads = sysconf(_SC_NPROCESSORS_ONLN) };
    for (int i = 1; i < argc; i++) {
        const char *arg = argv[i];
        if (arg[0] != '-' || arg[1] == 0) {
            if (o->lines)
                return refuse("expected two files", arg);
            *(o->people ? &o->lines : &o->people) = arg;
        } else if (strcmp(arg, "--help") == 0) {
            o->help = true;
            return EXIT_DONE;
        } else if (strcmp(arg, "--json") == 0) {
            o->form = FORM_JSON;
        } else if (strcmp(arg, "--table") == 0) {
            o->form = FORM_TABLE;
        } else if (strcmp(arg, "--progress") == 0) {
            o->progress = true;
        } else {
            const char *value = i + 1 < argc ? argv[i + 1] : NULL;
            const char *expected = take_value(o, arg, value);
            if (expected)
                return refuse(expected, value ? value : arg);
            i++;
        }
    }
    if (!o->lines)
        return refuse("expected PEOPLE.csv and LINES.csv", NULL);
    if (strcmp(o->people, "-") == 0 && strcmp(o->lines, "-") == 0)
        return refuse("expected at most one of the files to be standard input", NULL);
    return EXIT_DONE;
}

static int point_at(const char *file, const struct suggest_fault *fault)
{
    fprintf(stderr, "%s:%llu:%llu: %s\n", strcmp(file, "-") == 0 ? "standard input" : file,
            (unsigned long long)fault->line, (unsigned long long)fault->column, fault->what);
    return EXIT_INPUT;
}

static int read_files(struct work *w)
{
    struct suggest_fault fault;
    unsigned threads = (unsigned)w->o.threads;
    say(w, "reading the people");
    if (!suggest_file_read(w->o.people, &w->people_text))
        return EXIT_INPUT;
    if (!suggest_read_people(w->people_text, threads, &w->crowd, &fault))
        return point_at(w->o.people, &fault);
    say(w, "reading the lines");
    if (!suggest_file_read(w->o.lines, &w->lines_text))
        return EXIT_INPUT;
    if (!suggest_read_lines(w->lines_text, threads, &w->crowd, &w->ties, &fault))
        return point_at(w->o.lines, &fault);
    memory_free((void *)w->lines_text.at);
    w->lines_text = (struct str){ NULL, 0 };
    if (w->o.who && suggest_find_person(&w->crowd, str_of(w->o.who)) == UINT32_MAX)
        return refuse("expected --for somebody among the people", w->o.who);
    return EXIT_DONE;
}

static void keep_rows(struct work *w, const struct suggest_lists *lists)
{
    uint32_t people = w->crowd.people.count;
    uint64_t total = 0;
    for (uint32_t i = 0; i < people; i++)
        total += lists->found[i];
    w->row = memory_new(total, sizeof *w->row);
    for (uint32_t person = 0; person < people; person++) {
        uint32_t number = suggest_number_of(w->place, person);
        for (uint32_t j = 0; j < lists->found[number]; j++) {
            const struct suggest_partner *p = &lists->partner[(uint64_t)number * lists->most + j];
            w->row[w->found.rows++] =
                (struct suggest_row){ person, suggest_person_at(w->place, p->person), p->weight };
        }
    }
}

static void list_one(struct work *w)
{
    struct suggest_scratch *scratch = suggest_scratch_new(w->place);
    struct suggest_partner partner[MOST_EACH];
    uint32_t who = suggest_find_person(&w->crowd, str_of(w->o.who));
    uint32_t found = suggest_list(w->place, scratch, who, (uint32_t)w->o.lists, partner);
    w->row = memory_new(found, sizeof *w->row);
    for (uint32_t i = 0; i < found; i++)
        w->row[w->found.rows++] = (struct suggest_row){ who, partner[i].person, partner[i].weight };
    suggest_scratch_free(scratch);
}

static void list_all(struct work *w)
{
    struct suggest_lists lists;
    say(w, "making everybody's list");
    suggest_lists(w->place, (uint32_t)w->o.lists, (unsigned)w->o.threads, &lists);
    keep_rows(w, &lists);
    suggest_lists_free(&lists);
}

/* A wider choice for those for whom there was nobody left. */
static void help_left_out(struct work *w, struct suggest_pairs *pairs, const uint16_t *wanted,
                          const struct suggest_round_settings *settings,
                          struct suggest_round *round)
{
    uint32_t *who = memory_new(round->people, sizeof *who), count = 0;
    for (uint32_t i = 0; i < round->people; i++)
        if (wanted[i] > 0 && round->got[i] == 0)
            who[count++] = i;
    say(w, "a wider choice for those left out");
    suggest_pairs_widen(w->place, who, count, CHOICE_WIDER, settings->threads, pairs);
    suggest_round_free(round);
    suggest_round_make(pairs, wanted, settings, round);
    memory_free(who);
}

static void round_rows(struct work *w, const struct suggest_round *round)
{
    uint32_t people = w->crowd.people.count, only = UINT32_MAX;
    if (w->o.who)
        only = suggest_find_person(&w->crowd, str_of(w->o.who));
    w->row = memory_new(round->start[people], sizeof *w->row);
    for (uint32_t person = 0; person < people; person++) {
        uint32_t number = suggest_number_of(w->place, person);
        if (only != UINT32_MAX && person != only)
            continue;
        for (uint64_t i = round->start[number]; i < round->start[number] + round->got[number]; i++)
            w->row[w->found.rows++] =
                (struct suggest_row){ person, suggest_person_at(w->place, round->partner[i]),
                                      round->weight[i] };
    }
}

static void report(const struct work *w)
{
    const struct suggest_found *f = &w->found;
    fprintf(stderr,
            "suggest: %.1f %% of the most that could be; fair share %u (it cost %.1f %%), %u "
            "below it, %u left out\n",
            f->bound > 0 ? 100.0 * (double)f->total / f->bound : 100.0, f->share,
            f->unfair > f->total ? 100.0 - 100.0 * (double)f->total / (double)f->unfair : 0.0,
            f->below, f->left_out);
}

static void make_round(struct work *w)
{
    uint32_t people = w->crowd.people.count;
    struct suggest_pairs pairs;
    struct suggest_round round;
    struct suggest_round_settings settings = { .threads = (unsigned)w->o.threads };
    uint16_t *wanted = memory_new(people, sizeof *wanted);
    suggest_wanted(w->place, (uint16_t)w->o.each, wanted);
    say(w, "looking who fits whom");
    suggest_pairs_of(w->place, EVERYBODY, people > LARGE ? CHOICE_LARGE : CHOICE_SMALL,
                     settings.threads, &pairs);
    say(w, "making the round");
    suggest_round_make(&pairs, wanted, &settings, &round);
    if (round.left_out && people > EVERYBODY)
        help_left_out(w, &pairs, wanted, &settings, &round);
    w->found.round = true;
    w->found.total = round.total;
    w->found.unfair = round.unfair;
    w->found.share = round.share;
    w->found.below = round.below;
    w->found.left_out = round.left_out;
    w->found.bound = suggest_round_bound(&pairs, wanted, BOUND_SWEEPS);
    round_rows(w, &round);
    report(w);
    suggest_round_free(&round);
    suggest_pairs_free(&pairs);
    memory_free(wanted);
}

/* Written beside it first, so that nothing half-written is left under its name. */
static int write_svg(const struct work *w)
{
    struct out out;
    char beside[4096];
    int length = snprintf(beside, sizeof beside, "%s.part", w->o.svg);
    if (length < 0 || (size_t)length >= sizeof beside)
        return refuse("expected a shorter name after --svg", NULL);
    out_open(&out, (size_t)1 << 30);
    suggest_write_svg(&w->found, &out);
    FILE *file = fopen(beside, "w");
    bool fine = file && fwrite(out.at, 1, out.len, file) == out.len;
    fine = file && fclose(file) == 0 && fine && rename(beside, w->o.svg) == 0;
    out_close(&out);
    if (fine)
        return EXIT_DONE;
    fprintf(stderr, "nabij suggest: %s: %s\n", w->o.svg, strerror(errno));
    if (file)
        unlink(beside);
    return EXIT_INPUT;
}

static int write_all(const struct work *w)
{
    struct out out;
    int status = w->o.svg ? write_svg(w) : EXIT_DONE;
    if (status != EXIT_DONE)
        return status;
    out_open(&out, OUT_LIMIT);
    if (w->o.form == FORM_JSON)
        suggest_write_json(&w->found, &out);
    else if (w->o.form == FORM_TABLE)
        suggest_write_table(&w->found, &out);
    else
        suggest_write_csv(&w->found, &out);
    bool fine = fwrite(out.at, 1, out.len, stdout) == out.len && fflush(stdout) == 0;
    out_close(&out);
    return fine ? EXIT_DONE : EXIT_BROKEN;
}

static int work_through(struct work *w)
{
    int status = read_files(w);
    if (status != EXIT_DONE)
        return status;
    struct suggest_settings settings = { .porch = w->o.porch,
                                         .seed = (uint64_t)w->o.seed,
                                         .threads = (unsigned)w->o.threads };
    say(w, "laying out the place");
    w->place = suggest_open(&w->crowd.people, &w->ties.lines, &settings);
    w->found.crowd = &w->crowd;
    w->found.ties = &w->ties;
    w->found.place = w->place;
    if (w->o.lists && w->o.who)
        list_one(w);
    else if (w->o.lists)
        list_all(w);
    else
        make_round(w);
    w->found.row = w->row;
    return write_all(w);
}

int command_suggest(int argc, char **argv)
{
    struct work w = { 0 };
    int status = read_options(argc, argv, &w.o);
    if (status != EXIT_DONE)
        return status;
    if (w.o.help) {
        fputs(help, stdout);
        return EXIT_DONE;
    }
    clock_gettime(CLOCK_MONOTONIC, &w.begun);
    status = work_through(&w);
    memory_free(w.row);
    suggest_close(w.place);
    suggest_ties_free(&w.ties);
    suggest_crowd_free(&w.crowd);
    memory_free((void *)w.people_text.at);
    memory_free((void *)w.lines_text.at);
    return status;
}
