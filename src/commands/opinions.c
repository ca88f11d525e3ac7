/* nabij opinions - where do we agree? From a file of votes to a map of people. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "commands/commands.h"
#include "commands/opinions_files.h"
#include "commands/opinions_follow.h"
#include "commands/opinions_options.h"
#include "commands/opinions_show.h"

static const size_t most_bytes = (size_t)1 << 36;

static int wrong_input(const struct opinions_options *o, const struct opinions_wrong *wrong)
{
    const char *file = wrong->in_comments ? o->comments : o->file;
    fprintf(stderr, "%s:%u:%u: expected %s, found %s\n",
            strcmp(file, "-") == 0 ? "standard input" : file, wrong->error.line,
            wrong->error.column, wrong->error.expected, wrong->error.found);
    return EXIT_INPUT;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Says what is going on to somebody who asked for it, or who has waited more than a second. */
static void progress(const struct opinions_options *o, double since, const char *what,
                     unsigned long long count)
{
    double took = seconds() - since;
    if (o->progress || (took > 1 && isatty(STDERR_FILENO)))
        fprintf(stderr, "nabij opinions: %s (%llu) after %.1f s\n", what, count, took);
}

static int read_table(const struct opinions_options *o, struct opinions_table *table)
{
    struct out votes, comments;
    struct opinions_wrong wrong;
    int status = EXIT_DONE;
    out_open(&votes, most_bytes);
    out_open(&comments, most_bytes);
    if (!file_read(o->file, &votes) || (o->comments && !file_read(o->comments, &comments)))
        status = EXIT_INPUT;
    else if (!opinions_table_read(table, out_str(&votes), out_str(&comments), &wrong))
        status = wrong_input(o, &wrong);
    out_close(&votes);
    out_close(&comments);
    return status;
}

static int show(const struct opinions_options *o, const struct opinions_view *view)
{
    struct out out;
    int status = EXIT_DONE;
    out_open(&out, most_bytes);
    if (o->svg) {
        opinions_show_svg(&out, view);
        if (!file_write(o->svg, out_str(&out)))
            status = EXIT_INPUT;
        out_clear(&out);
    }
    if (status == EXIT_DONE) {
        if (o->json)
            opinions_show_json(&out, view);
        else
            opinions_show_table(&out, view);
        if (fwrite(out.at, 1, out.len, stdout) != out.len || fflush(stdout) != 0)
            status = EXIT_BROKEN;
    }
    out_close(&out);
    return status;
}

static int show_once(const struct opinions_options *o, const struct opinions_table *table,
                     struct opinions_team *team)
{
    struct opinions_map map;
    struct opinions_meaning meaning;
    uint32_t next_for = NO_NAME;
    if (o->next) {
        uint32_t known = opinions_names_find(&table->people, str_of(o->next));
        if (known == NO_NAME) {
            fprintf(stderr, "nabij opinions: --next: no participant '%s' in %s\n", o->next,
                    o->file);
            return EXIT_INPUT;
        }
        next_for = table->person_row[known];
    }
    opinions_map_make(&map, &table->votes, &o->settings, team);
    opinions_meaning_make(&meaning, &map, &table->votes);
    struct opinions_view view = { table,    &table->votes, &map,
                                  &meaning, next_for,      o->settings.least_votes };
    int status = show(o, &view);
    opinions_meaning_free(&meaning);
    opinions_map_free(&map);
    return status;
}

int command_opinions(int argc, char **argv)
{
    struct opinions_options options;
    struct opinions_table table;
    int status = opinions_options_read(&options, argc, argv);
    if (status != OPTIONS_GO_ON)
        return status;
    double start = seconds();
    status = read_table(&options, &table);
    if (status != EXIT_DONE)
        return status;
    progress(&options, start, "votes read", table.votes.start[table.votes.rows]);
    struct opinions_team *team = opinions_team_new(options.threads);
    if (table.votes.columns == 0 || table.votes.start[table.votes.rows] == 0) {
        fprintf(stderr, "%s:1:1: expected at least one vote on a statement, found none\n",
                options.file);
        status = EXIT_INPUT;
    } else if (options.follow) {
        status = opinions_follow(&table, &options, team);
    } else {
        status = show_once(&options, &table, team);
        progress(&options, start, "people on the map", table.votes.rows);
    }
    opinions_team_free(team);
    opinions_table_free(&table);
    return status;
}
