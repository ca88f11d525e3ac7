#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "commands/cascade_parts.h"
#include "commands/commands.h"

/* Roots times arrows: above this much work only named roots are walked one by one. */
static const double most_work = 64e9;

static const char help[] =
    "Use: nabij cascade EDGES.csv [options]\n"
    "\n"
    "What grew from what? Reads columns child and parent (empty when something began by\n"
    "itself), and date and told_by when they are there, from a file or from standard input\n"
    "for '-'. Something may grow from several others; the credit is then shared. A circle is\n"
    "refused and named.\n"
    "\n"
    "  --about ID …     these only, roots or not (else every root, in order of name)\n"
    "  --alive-since D  alive is what had a sign of life on or after this date, or from which\n"
    "                   something grew that had (a year before the last date in the file)\n"
    "  --json           for machines\n"
    "  --svg FILE       a picture, from left to right (up to 400 things)\n"
    "  --seed N         for the estimates in very large files (1)\n"
    "  --threads N      how many cores to use (all)\n"
    "  --progress       tell what is being done on standard error\n"
    "\n"
    "Example:\n"
    "  printf 'child,parent,date,told_by\\nsoup,,2025-01-10,anna\\n'\\\n"
    "'choir,soup,2025-05-01,bo\\ngarden,soup,2025-06-01,anna\\n' | nabij cascade -\n";

struct wish {
    const char *file, *svg, *alive_since;
    char **about;
    uint32_t about_count;
    int64_t seed, threads;
    bool json, progress;
};

static bool refuse(const char *what, const char *found)
{
    fprintf(stderr, "nabij cascade: expected %s, found %s\n", what, found ? found : "nothing");
    return false;
}

static bool read_number(const char *text, int64_t least, int64_t *number)
{
    if (text && str_number(str_of(text), number) && *number >= least && *number <= UINT32_MAX)
        return true;
    return refuse("a whole number", text);
}

static bool read_option(struct wish *w, int argc, char **argv, int *at)
{
    const char *o = argv[*at];
    if (strcmp(o, "--json") == 0)
        return w->json = true;
    if (strcmp(o, "--progress") == 0)
        return w->progress = true;
    if (strcmp(o, "--about") == 0) {
        while (*at + 1 < argc && strncmp(argv[*at + 1], "--", 2) != 0)
            w->about[w->about_count++] = argv[++*at];
        return true;
    }
    if (strcmp(o, "--seed") == 0)
        return read_number(argv[++*at], 0, &w->seed);
    if (strcmp(o, "--threads") == 0)
        return read_number(argv[++*at], 1, &w->threads);
    if (strcmp(o, "--svg") == 0)
        return (w->svg = argv[++*at]) != NULL || refuse("a file after --svg", NULL);
    if (strcmp(o, "--alive-since") == 0)
        return (w->alive_since = argv[++*at]) != NULL || refuse("a date", NULL);
    if (strncmp(o, "--", 2) == 0 || w->file)
        return refuse("one file and options (see --help)", o);
    w->file = o;
    return true;
}

struct work {
    struct wish wish;
    struct str text;
    struct team *team;
    struct grown grown;
    struct out out, complaint;
    struct timespec began;
};

static void tell(const struct work *w, const char *what)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (w->wish.progress || (now.tv_sec - w->began.tv_sec > 1 && isatty(STDERR_FILENO)))
        fprintf(stderr, "nabij cascade: %s …\n", what);
}

/* Rows are the lines that are not empty, the first line apart. */
static uint64_t line_of_row(struct str text, uint64_t row)
{
    struct str part;
    uint64_t line = 0, seen = 0;
    while (str_split(&text, '\n', &part)) {
        line++;
        bool empty = part.len == 0 || str_is(part, STR("\r"));
        if (line > 1 && !empty && seen++ == row)
            return line;
    }
    return line;
}

static void complain_of_circle(struct work *w, const uint32_t *circle, uint32_t length)
{
    const struct lines *l = &w->grown.lines;
    uint64_t row = 0;
    while (l->a[row] != circle[0] || l->b[row] != circle[1 % length])
        row++;
    out_print(&w->complaint, "%s:%llu:1: expected no circles, found one: ", w->wish.file,
              (unsigned long long)line_of_row(w->text, row));
    for (uint32_t i = 0; i < length && i < 12; i++)
        out_print(&w->complaint, "%.*s grew from ", STR_FMT(l->names.name[circle[i]]));
    if (length > 12)
        out_print(&w->complaint, "… (%u in all) … ", length);
    out_print(&w->complaint, "%.*s\n", STR_FMT(l->names.name[circle[0]]));
}

/* Arrows without the rows that only say that something began by itself. */
static bool build(struct work *w)
{
    struct grown *g = &w->grown;
    struct lines *l = &g->lines;
    uint32_t *child = memory_grow(NULL, l->count, sizeof *child);
    uint32_t *parent = memory_grow(NULL, l->count, sizeof *parent);
    uint32_t *circle = memory_grow(NULL, l->names.count, sizeof *circle), length;
    uint64_t arrows = 0;
    for (uint64_t i = 0; i < l->count; i++) {
        child[arrows] = l->a[i];
        parent[arrows] = l->b[i];
        arrows += l->b[i] != NAMES_NONE;
    }
    bool good =
        cascade_build(&g->cascade, l->names.count, child, parent, arrows, circle, &length, w->team);
    if (!good)
        complain_of_circle(w, circle, length);
    memory_free(child);
    memory_free(parent);
    memory_free(circle);
    return good;
}

static bool read_alive_since(struct work *w)
{
    struct grown *g = &w->grown;
    int32_t last = LINES_NO_DATE;
    for (uint64_t i = 0; g->lines.date && i < g->lines.count; i++)
        last = g->lines.date[i] > last ? g->lines.date[i] : last;
    g->alive_since = last == LINES_NO_DATE ? LINES_NO_DATE : last - 365;
    if (!w->wish.alive_since || lines_date_of(str_of(w->wish.alive_since), &g->alive_since))
        return true;
    out_print(&w->complaint, "nabij cascade: expected a date like 2026-03-31, found '%s'\n",
              w->wish.alive_since);
    return false;
}

static bool find_roots(struct work *w)
{
    struct grown *g = &w->grown;
    uint32_t things = g->cascade.things;
    g->roots = memory_grow(NULL, (size_t)things + w->wish.about_count, sizeof *g->roots);
    for (uint32_t i = 0; i < w->wish.about_count; i++) {
        uint32_t thing = names_find(&g->lines.names, str_of(w->wish.about[i]));
        if (thing == NAMES_NONE) {
            out_print(&w->complaint, "%s: expected something called '%s', found nothing\n",
                      w->wish.file, w->wish.about[i]);
            return false;
        }
        g->roots[g->root_count++] = g->cascade.place[thing];
    }
    for (uint32_t thing = 0; thing < things; thing++)
        if (!g->cascade.parents[g->cascade.place[thing]]) {
            g->all_roots++;
            if (!w->wish.about_count)
                g->roots[g->root_count++] = g->cascade.place[thing];
        }
    return true;
}

/* The first and the last date of a thing; who told of it first. */
static void date_things(struct grown *g)
{
    const struct lines *l = &g->lines;
    uint32_t things = g->cascade.things;
    g->date = memory_grow(NULL, things, sizeof *g->date);
    g->latest = memory_grow(NULL, things, sizeof *g->latest);
    g->alive = memory_new(things, 1);
    for (uint32_t p = 0; p < things; p++)
        g->date[p] = g->latest[p] = LINES_NO_DATE;
    for (uint64_t i = 0; l->date && i < l->count; i++) {
        uint32_t p = g->cascade.place[l->a[i]];
        if (l->date[i] == LINES_NO_DATE)
            continue;
        if (g->date[p] == LINES_NO_DATE || l->date[i] < g->date[p])
            g->date[p] = l->date[i];
        if (l->date[i] > g->latest[p])
            g->latest[p] = l->date[i];
    }
    int32_t *own = memory_grow(NULL, things, sizeof *own);
    memcpy(own, g->latest, things * sizeof *own);
    cascade_latest(&g->cascade, own, g->latest);
    memory_free(own);
    for (uint32_t p = 0; p < things; p++) {
        g->alive[p] = g->latest[p] != LINES_NO_DATE && g->latest[p] >= g->alive_since;
        g->all_alive += g->alive[p];
    }
}

/* For everybody who told of something: the earliest, and of equal dates the first in order. */
static void find_starters(struct grown *g)
{
    const struct lines *l = &g->lines;
    g->starters = memory_new(g->cascade.things, 1);
    if (!l->other)
        return;
    uint32_t people = l->others.count;
    uint64_t *first = memory_new(people, sizeof *first);
    memset(first, 0xff, people * sizeof *first);
    for (uint64_t i = 0; i < l->count; i++) {
        if (l->other[i] == NAMES_NONE)
            continue;
        uint32_t date = l->date && l->date[i] != LINES_NO_DATE ? (uint32_t)l->date[i] : UINT32_MAX;
        uint64_t key = (uint64_t)date << 32 | l->a[i];
        if (key < first[l->other[i]])
            first[l->other[i]] = key;
    }
    for (uint32_t i = 0; i < people; i++) {
        uint8_t *count = &g->starters[g->cascade.place[(uint32_t)first[i]]];
        *count = (uint8_t)(*count + (*count < 255));
    }
    memory_free(first);
}

static void compute(struct work *w)
{
    struct grown *g = &w->grown;
    uint32_t things = g->cascade.things;
    date_things(g);
    find_starters(g);
    g->credit = memory_grow(NULL, things, sizeof *g->credit);
    cascade_credit(&g->cascade, g->credit);
    double work = (double)g->root_count * (double)(g->cascade.grew.start[things] + things);
    g->walked = w->wish.about_count || work <= most_work;
    tell(w, "following what grew");
    if (g->walked) {
        g->found = memory_new(g->root_count, sizeof *g->found);
        cascade_generations(&g->cascade, g->roots, g->root_count, g->alive, g->starters, g->found,
                            w->team);
        return;
    }
    g->reach = memory_new(things, sizeof *g->reach);
    g->exact = memory_new(things, 1);
    g->chain = memory_new(things, sizeof *g->chain);
    cascade_sketch(&g->cascade, (uint64_t)w->wish.seed, g->reach, g->exact, w->team);
    cascade_chain(&g->cascade, g->chain);
}

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
        fprintf(stderr, "nabij cascade: %s cannot be written: %s\n", file, strerror(errno));
        if (to)
            unlink(name.at);
    }
    out_close(&name);
    return good;
}

static int show(struct work *w)
{
    if (w->wish.svg) {
        cascade_svg(&w->grown, &w->out);
        bool good = write_file(w->wish.svg, out_str(&w->out));
        out_clear(&w->out);
        if (!good)
            return EXIT_INPUT;
    }
    if (w->wish.json)
        cascade_json(&w->grown, &w->out);
    else
        cascade_table(&w->grown, &w->out);
    bool good = fwrite(w->out.at, 1, w->out.len, stdout) == w->out.len && fflush(stdout) == 0;
    return good && !w->out.overflow ? EXIT_DONE : EXIT_BROKEN;
}

static void close_work(struct work *w)
{
    struct grown *g = &w->grown;
    for (uint32_t i = 0; g->found && i < g->root_count; i++)
        memory_free(g->found[i].generation);
    memory_free(g->found);
    memory_free(g->roots);
    memory_free(g->date);
    memory_free(g->latest);
    memory_free(g->alive);
    memory_free(g->starters);
    memory_free(g->credit);
    memory_free(g->reach);
    memory_free(g->exact);
    memory_free(g->chain);
    cascade_free(&g->cascade);
    lines_close(&g->lines);
    memory_free((char *)(uintptr_t)w->text.at);
    out_close(&w->out);
    out_close(&w->complaint);
    team_free(w->team);
    memory_free(w->wish.about);
}

static bool read_all(struct work *w)
{
    static const struct lines_wish wish = {
        .a = "child", .b = "parent", .date = "date", .other = "told_by", .b_may_be_empty = true
    };
    return lines_load(&w->text, w->wish.file, &w->complaint) &&
           lines_read(&w->grown.lines, w->text, w->wish.file, &wish, w->team, &w->complaint) &&
           read_alive_since(w) && build(w) && find_roots(w);
}

int command_cascade(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--help") == 0) {
        fputs(help, stdout);
        return EXIT_DONE;
    }
    struct work w = { .wish = { .seed = 1 } };
    w.wish.about = memory_new((size_t)argc, sizeof *w.wish.about);
    clock_gettime(CLOCK_MONOTONIC, &w.began);
    out_open(&w.out, (size_t)1 << 34);
    out_open(&w.complaint, 8192);
    bool good = true;
    for (int i = 1; i < argc && good; i++)
        good = read_option(&w.wish, argc, argv, &i);
    good = good && (w.wish.file || refuse("a file, or '-' (see --help)", NULL));
    int status = EXIT_INPUT;
    if (good) {
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
