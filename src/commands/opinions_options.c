#include "commands/opinions_options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "commands/commands.h"

static const char help[] =
    "nabij opinions: where do we agree?\n"
    "\n"
    "Use: nabij opinions [options] [FILE]\n"
    "\n"
    "FILE (or standard input) holds votes, in either layout of the public Polis exports: a row a\n"
    "participant with a column a statement (1 agree, -1 disagree, 0 pass, nothing: not answered),\n"
    "or a row a vote with comment-id, voter-id, vote. Out comes a map: who answers alike, what\n"
    "each group stands for, and above all what every group agrees on.\n"
    "\n"
    "  --comments FILE   texts of the statements (comment-id, moderated, comment-body);\n"
    "                    what was moderated away (-1) is left out\n"
    "  --json            for machines; see docs/methods/opinions.md\n"
    "  --svg FILE        a picture of the map\n"
    "  --next ID         which statement is best shown next to this participant\n"
    "  --follow          after FILE, reads lines comment-id,voter-id,vote from standard input and\n"
    "                    prints the refreshed map after each batch (an empty line ends a batch)\n"
    "  --groups K        2 … 5 groups instead of the best number\n"
    "  --least-votes N   who answered fewer statements is on the map but in no group (1)\n"
    "  --bootstrap N     other draws to see whether the map is stable (50; 0: none)\n"
    "  --starts N        seeded starts of the grouping (50)\n"
    "  --seed N          (1)\n"
    "  --threads N       (as many as there are processors; the answer is the same)\n"
    "  --progress        say what is going on, on standard error\n"
    "\n"
    "Example: nabij opinions votes.csv --comments comments.csv --svg map.svg\n";

enum {
    OPTION_COMMENTS = 1000,
    OPTION_JSON,
    OPTION_SVG,
    OPTION_NEXT,
    OPTION_FOLLOW,
    OPTION_GROUPS,
    OPTION_LEAST,
    OPTION_BOOTSTRAP,
    OPTION_STARTS,
    OPTION_SEED,
    OPTION_THREADS,
    OPTION_PROGRESS,
    OPTION_HELP
};

static const struct option known[] = {
    { "comments", required_argument, NULL, OPTION_COMMENTS },
    { "json", no_argument, NULL, OPTION_JSON },
    { "svg", required_argument, NULL, OPTION_SVG },
    { "next", required_argument, NULL, OPTION_NEXT },
    { "follow", no_argument, NULL, OPTION_FOLLOW },
    { "groups", required_argument, NULL, OPTION_GROUPS },
    { "least-votes", required_argument, NULL, OPTION_LEAST },
    { "bootstrap", required_argument, NULL, OPTION_BOOTSTRAP },
    { "starts", required_argument, NULL, OPTION_STARTS },
    { "seed", required_argument, NULL, OPTION_SEED },
    { "threads", required_argument, NULL, OPTION_THREADS },
    { "progress", no_argument, NULL, OPTION_PROGRESS },
    { "help", no_argument, NULL, OPTION_HELP },
    { NULL, 0, NULL, 0 },
};

static bool number(const char *name, int64_t least, int64_t most, int64_t *value)
{
    if (str_number(str_of(optarg), value) && *value >= least && *value <= most)
        return true;
    fprintf(stderr, "nabij opinions: --%s: expected a whole number from %lld to %lld, found '%s'\n",
            name, (long long)least, (long long)most, optarg);
    return false;
}

static bool small(const char *name, int64_t least, int64_t most, uint32_t *value)
{
    int64_t wide;
    if (!number(name, least, most, &wide))
        return false;
    *value = (uint32_t)wide;
    return true;
}

static bool take(struct opinions_options *o, int option)
{
    struct opinions_settings *s = &o->settings;
    int64_t seed;
    switch (option) {
    case OPTION_COMMENTS:
        o->comments = optarg;
        return true;
    case OPTION_JSON:
        return o->json = true;
    case OPTION_SVG:
        o->svg = optarg;
        return true;
    case OPTION_NEXT:
        o->next = optarg;
        return true;
    case OPTION_FOLLOW:
        return o->follow = true;
    case OPTION_PROGRESS:
        return o->progress = true;
    case OPTION_GROUPS:
        return small("groups", LEAST_GROUPS, MOST_GROUPS, &s->only_k);
    case OPTION_LEAST:
        return small("least-votes", 1, OPINIONS_MOST_STATEMENTS, &s->least_votes);
    case OPTION_BOOTSTRAP:
        return small("bootstrap", 0, 100000, &s->replicates);
    case OPTION_STARTS:
        return small("starts", 1, 100000, &s->starts);
    case OPTION_THREADS:
        return small("threads", 1, TEAM_MOST_THREADS, &o->threads);
    case OPTION_SEED:
        if (!number("seed", 0, INT64_MAX, &seed))
            return false;
        s->seed = (uint64_t)seed;
        return true;
    default: /* getopt has said what was wrong */
        return false;
    }
}

static int refuse(const char *sentence)
{
    fprintf(stderr, "nabij opinions: %s. `nabij opinions --help` explains.\n", sentence);
    return EXIT_INPUT;
}

int opinions_options_read(struct opinions_options *o, int argc, char **argv)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    *o = (struct opinions_options){ .file = "-", .settings = opinions_usual() };
    o->threads = processors < 1 ? 1 : processors > 16 ? 16 : (uint32_t)processors;
    optind = 0;
    for (int option; (option = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        if (option == OPTION_HELP) {
            fputs(help, stdout);
            return EXIT_DONE;
        }
        if (!take(o, option))
            return EXIT_INPUT;
    }
    if (optind + 1 < argc)
        return refuse("one file at a time");
    if (optind < argc)
        o->file = argv[optind];
    if (o->comments && strcmp(o->comments, "-") == 0 && strcmp(o->file, "-") == 0)
        return refuse("the votes and the comments cannot both come from standard input");
    if (o->follow && strcmp(o->file, "-") == 0)
        return refuse(
            "--follow needs a FILE to start from; further votes come from standard input");
    if (o->follow && (o->next || o->svg))
        return refuse("--follow goes with neither --next nor --svg");
    return OPTIONS_GO_ON;
}
