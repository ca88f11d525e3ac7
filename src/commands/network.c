#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "commands/commands.h"
#include "commands/network_parts.h"
#include "maths/graph.h"

enum { EXACT_UP_TO = 5000, SAMPLES = 256 };

static const char help[] =
    "Use: nabij network LINES.csv [options]\n"
    "\n"
    "What hangs on one person? Reads lines between people (columns a and b) from a file, or\n"
    "from standard input for '-', and tells how the network holds together, and who loses\n"
    "contact with whom when some people leave. Figures about a person are only printed for\n"
    "those named with --without or --about; nobody is ranked.\n"
    "\n"
    "  --without ID …   these people leave, in this order\n"
    "  --about ID …     figures about these people as well\n"
    "  --roles FILE     columns id and role; those whose role is 'professional' leave\n"
    "  --leaving ROLE   another role than 'professional' leaves\n"
    "  --samples N      people from whom betweenness is estimated; 0 asks for the exact\n"
    "                   figure (as it is up to 5,000 people; else 256)\n"
    "  --json           for machines\n"
    "  --svg FILE       a picture, before and after\n"
    "  --seed N         another draw (1)\n"
    "  --threads N      how many cores to use (all)\n"
    "  --progress       tell what is being done on standard error\n"
    "\n"
    "Example:\n"
    "  printf 'a,b\\nanna,bo\\nbo,chris\\nchris,anna\\nchris,dewi\\n' |\n"
    "    nabij network - --without chris\n";

struct wish {
    const char *file, *roles, *leaving, *svg;
    char **without, **about;
    uint32_t without_count, about_count;
    long long samples, seed, threads;
    bool json, progress;
};

static bool asks_number(const char *option, const char *text, long long least, long long *number)
{
    int64_t read;
    if (text && str_number(str_of(text), &read) && read >= least && read <= UINT32_MAX) {
        *number = read;
        return true;
    }
    fprintf(stderr, "nabij network: %s expects a whole number, found %s\n", option,
            text ? text : "nothing");
    return false;
}

static int ids_after(int argc, char **argv, int at, char **list, uint32_t *count)
{
    for (; at + 1 < argc && strncmp(argv[at + 1], "--", 2) != 0; at++)
        list[(*count)++] = argv[at + 1];
    return at;
}

static bool asks_text(const char *option, char *text, const char **into)
{
    *into = text;
    if (!text)
        fprintf(stderr, "nabij network: %s expects something after it\n", option);
    return text != NULL;
}

static bool read_wish(struct wish *w, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        const char *o = argv[i];
        bool good = true;
        if (strcmp(o, "--without") == 0)
            i = ids_after(argc, argv, i, w->without, &w->without_count);
        else if (strcmp(o, "--about") == 0)
            i = ids_after(argc, argv, i, w->about, &w->about_count);
        else if (strcmp(o, "--json") == 0)
            w->json = true;
        else if (strcmp(o, "--progress") == 0)
            w->progress = true;
        else if (strcmp(o, "--roles") == 0)
            good = asks_text(o, argv[++i], &w->roles);
        else if (strcmp(o, "--leaving") == 0)
            good = asks_text(o, argv[++i], &w->leaving);
        else if (strcmp(o, "--svg") == 0)
            good = asks_text(o, argv[++i], &w->svg);
        else if (strcmp(o, "--samples") == 0)
            good = asks_number(o, argv[++i], 0, &w->samples);
        else if (strcmp(o, "--seed") == 0)
            good = asks_number(o, argv[++i], 0, &w->seed);
        else if (strcmp(o, "--threads") == 0)
            good = asks_number(o, argv[++i], 1, &w->threads);
        else if (strncmp(o, "--", 2) == 0 || w->file) {
            fprintf(stderr, "nabij network: '%s' was not expected; see --help\n", o);
            good = false;
        } else
            w->file = o;
        if (!good)
            return false;
    }
    if (!w->file)
        fputs("nabij network: expected a file of lines, or '-'; see --help\n", stderr);
    return w->file != NULL;
}

struct work {
    struct wish wish;
    struct str text, roles_text;
    struct lines lines, roles;
    struct team *team;
    struct found found;
    struct out out, complaint;
    struct timespec began;
};

/* A sentence about long work, for whoever waits for it. */
static void tell(const struct work *w, const char *what)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    bool long_work = now.tv_sec - w->began.tv_sec > 1;
    if (w->wish.progress || (long_work && isatty(STDERR_FILENO)))
        fprintf(stderr, "nabij network: %s …\n", what);
}

/* Adds a person to a list once; `seen` marks who is on it. */
static void add_once(uint32_t *list, uint32_t *count, uint8_t *seen, uint32_t person)
{
    if (!seen[person])
        list[(*count)++] = person;
    seen[person] = 1;
}

static bool find_named(struct work *w, char **ids, uint32_t count, uint32_t *list, uint32_t *listed,
                       uint8_t *seen)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t person = names_find(&w->lines.names, str_of(ids[i]));
        if (person == NAMES_NONE) {
            out_print(&w->complaint, "%s: expected a line of somebody called '%s', found none\n",
                      w->wish.file, ids[i]);
            return false;
        }
        add_once(list, listed, seen, person);
    }
    return true;
}

static void find_by_role(struct work *w, uint8_t *seen)
{
    const char *role = w->wish.leaving ? w->wish.leaving : "professional";
    uint32_t leaving = names_find(&w->roles.names, str_of(role));
    for (uint64_t i = 0; i < w->roles.count; i++) {
        uint32_t person = names_find(&w->lines.names, w->roles.names.name[w->roles.a[i]]);
        if (w->roles.b[i] == leaving && person != NAMES_NONE)
            add_once(w->found.gone, &w->found.gone_count, seen, person);
    }
}

static bool find_people(struct work *w)
{
    struct found *f = &w->found;
    uint32_t people = w->lines.names.count;
    f->gone = memory_new(people, sizeof *f->gone);
    f->about = memory_new(people, sizeof *f->about);
    uint8_t *seen = memory_new(people, 1);
    bool good =
        find_named(w, w->wish.without, w->wish.without_count, f->gone, &f->gone_count, seen);
    if (good && w->wish.roles && !w->wish.without_count)
        find_by_role(w, seen);
    good =
        good && find_named(w, w->wish.about, w->wish.about_count, f->about, &f->about_count, seen);
    memory_free(seen);
    return good;
}

static bool read_all(struct work *w)
{
    static const struct lines_wish lines = { .a = "a", .b = "b" };
    static const struct lines_wish roles = { .a = "id", .b = "role", .may_be_same = true };
    if (!lines_load(&w->text, w->wish.file, &w->complaint) ||
        !lines_read(&w->lines, w->text, w->wish.file, &lines, w->team, &w->complaint))
        return false;
    if (w->wish.roles &&
        (!lines_load(&w->roles_text, w->wish.roles, &w->complaint) ||
         !lines_read(&w->roles, w->roles_text, w->wish.roles, &roles, w->team, &w->complaint)))
        return false;
    return find_people(w);
}

static void compute(struct work *w)
{
    struct found *f = &w->found;
    f->names = &w->lines.names;
    f->seed = (uint64_t)w->wish.seed;
    uint32_t people = f->names->count;
    graph_from_lines(&f->graph, people, w->lines.a, w->lines.b, w->lines.count, w->team);
    tell(w, "looking for what hangs on one person");
    network_cuts(&f->cuts, &f->graph, w->team);
    f->core = memory_new(people, sizeof *f->core);
    f->deepest = network_core(&f->graph, f->core);
    tell(w, "looking for groups");
    network_groups(&f->groups, &f->graph, people <= 100000 ? 4 : 2, f->seed, w->team);
    f->after = memory_new((size_t)f->gone_count + 1, sizeof *f->after);
    f->label = memory_new(people, sizeof *f->label);
    network_without(&f->graph, f->gone, f->gone_count, f->after, f->label);
    if (f->gone_count + f->about_count == 0)
        return;
    tell(w, "counting shortest ways");
    uint32_t samples =
        w->wish.samples < 0 ? people <= EXACT_UP_TO ? 0 : SAMPLES : (uint32_t)w->wish.samples;
    f->samples = samples < people ? samples : 0;
    f->between = memory_new(people, sizeof *f->between);
    f->error = memory_new(people, sizeof *f->error);
    network_between(&f->graph, f->samples, f->seed, f->between, f->error, w->team);
}

/* Whole or not at all: under another name first. */
static bool write_file(const char *file, struct str text)
{
    struct out name;
    out_open(&name, 8192);
    out_print(&name, "%s.%ld.part", file, (long)getpid());
    out_byte(&name, 0);
    FILE *to = name.overflow ? NULL : fopen(name.at, "wx");
    bool good = to && fwrite(text.at, 1, text.len, to) == text.len;
    good = to && fclose(to) == 0 && good;
    good = good && rename(name.at, file) == 0;
    if (!good) {
        fprintf(stderr, "nabij network: %s cannot be written: %s\n", file, strerror(errno));
        if (to)
            unlink(name.at);
    }
    out_close(&name);
    return good;
}

static int show(struct work *w)
{
    if (w->wish.svg) {
        tell(w, "drawing");
        network_svg(&w->found, &w->out);
        bool good = write_file(w->wish.svg, out_str(&w->out));
        out_clear(&w->out);
        if (!good)
            return EXIT_INPUT;
    }
    if (w->wish.json)
        network_json(&w->found, &w->out);
    else
        network_table(&w->found, &w->out);
    bool good = fwrite(w->out.at, 1, w->out.len, stdout) == w->out.len && fflush(stdout) == 0;
    return good && !w->out.overflow ? EXIT_DONE : EXIT_BROKEN;
}

static void close_work(struct work *w)
{
    struct found *f = &w->found;
    graph_free(&f->graph);
    network_cuts_free(&f->cuts);
    network_groups_free(&f->groups);
    memory_free(f->core);
    memory_free(f->gone);
    memory_free(f->after);
    memory_free(f->label);
    memory_free(f->about);
    memory_free(f->between);
    memory_free(f->error);
    lines_close(&w->lines);
    lines_close(&w->roles);
    memory_free((char *)(uintptr_t)w->text.at);
    memory_free((char *)(uintptr_t)w->roles_text.at);
    out_close(&w->out);
    out_close(&w->complaint);
    team_free(w->team);
    memory_free(w->wish.without);
    memory_free(w->wish.about);
}

int command_network(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--help") == 0) {
        fputs(help, stdout);
        return EXIT_DONE;
    }
    struct work w = { .wish = { .samples = -1, .seed = 1 } };
    w.wish.without = memory_new((size_t)argc, sizeof *w.wish.without);
    w.wish.about = memory_new((size_t)argc, sizeof *w.wish.about);
    clock_gettime(CLOCK_MONOTONIC, &w.began);
    out_open(&w.out, (size_t)1 << 34);
    out_open(&w.complaint, 4096);
    int status = EXIT_INPUT;
    if (read_wish(&w.wish, argc, argv)) {
        w.team = team_new((int)w.wish.threads);
        if (read_all(&w)) {
            compute(&w);
            status = show(&w);
        } else {
            fwrite(w.complaint.at, 1, w.complaint.len, stderr);
        }
    }
    close_work(&w);
    return status;
}
