/* log.c - `nabij log verify`: has anybody touched the log of who looked at what? */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "commands/commands.h"
#include "looklog/looklog.h"

static const char help_text[] =
    "nabij log verify PATH [--earlier FILE] [--language nl|en]\n"
    "\n"
    "Checks that nobody changed the log of who looked at what. It works without a\n"
    "network and without secret keys, on any machine.\n"
    "\n"
    "PATH is one of these:\n"
    "  a proof bundle        the file a resident downloads at 'who looked'\n"
    "  a log's folder        every byte of every file in it is checked\n"
    "  a data folder         its folder 'log' is checked\n"
    "\n"
    "--earlier FILE          a checkpoint or a bundle you kept from before. Then it is also\n"
    "                        checked that the log only grew since. Without it a log that was\n"
    "                        rewritten as a whole, by somebody with its key, looks good.\n"
    "--language nl|en        the language of the answer (nl)\n"
    "\n"
    "Example: a resident keeps the bundle of January and checks that of June with it:\n"
    "  nabij log verify june.json --earlier january.json --language en\n"
    "\n"
    "Exit status: 0 all is good; 1 something is wrong, the lines say what and where;\n"
    "2 it cannot be read. How to write a checker of your own: docs/proof-bundle.md\n";

struct options {
    const char *path, *earlier;
    bool dutch;
};

static int say_input(const char *sentence, const char *what)
{
    fprintf(stderr, "nabij log: %s%s%s\n`nabij log --help` explains.\n", sentence,
            *what ? ": " : "", what);
    return EXIT_INPUT;
}

static int read_options(int argc, char **argv, struct options *options)
{
    for (int i = 2; i < argc; i++) {
        bool last = i + 1 == argc;
        if (strcmp(argv[i], "--earlier") == 0 && !last) {
            options->earlier = argv[++i];
        } else if (strcmp(argv[i], "--language") == 0 && !last) {
            i++;
            if (strcmp(argv[i], "nl") != 0 && strcmp(argv[i], "en") != 0)
                return say_input("the language is nl or en, not this", argv[i]);
            options->dutch = strcmp(argv[i], "nl") == 0;
        } else if (argv[i][0] == '-' && argv[i][1]) {
            return say_input("not an option, or its value is missing", argv[i]);
        } else if (options->path) {
            return say_input("one path at a time; this is a second one", argv[i]);
        } else {
            options->path = argv[i];
        }
    }
    if (!options->path)
        return say_input("say what to verify: a bundle or a folder", "");
    return EXIT_DONE;
}

static bool read_file(const char *path, struct out *file)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0;
    while (good) {
        char *room = out_room(file, 1 << 16);
        ssize_t got = room ? read(fd, room, 1 << 16) : -1;
        if (got < 0 && room && errno == EINTR)
            continue;
        good = got >= 0;
        if (got <= 0)
            break;
        file->len += (size_t)got;
    }
    if (fd >= 0)
        close(fd);
    return good;
}

static bool is_folder(const char *path)
{
    struct stat stat_of;
    return stat(path, &stat_of) == 0 && S_ISDIR(stat_of.st_mode);
}

static enum looklog_verdict check(const struct options *options, struct str bundle,
                                  struct str earlier, struct out *report)
{
    char inside[4096];
    int length = snprintf(inside, sizeof inside, "%s/log", options->path);
    if (!is_folder(options->path))
        return looklog_check_bundle(bundle, earlier, report, options->dutch);
    bool data_folder = length > 0 && (size_t)length < sizeof inside && is_folder(inside);
    return looklog_check_folder(data_folder ? inside : options->path, earlier, report,
                                options->dutch);
}

static int verify(const struct options *options)
{
    enum { BUNDLE_MOST = 1 << 30, REPORT_MOST = 1 << 24 };
    struct out bundle, earlier, report;
    int status = EXIT_DONE;
    out_open(&bundle, BUNDLE_MOST);
    out_open(&earlier, BUNDLE_MOST);
    out_open(&report, REPORT_MOST);
    if (!is_folder(options->path) && !read_file(options->path, &bundle))
        status = say_input("this cannot be read", options->path);
    else if (options->earlier && (!read_file(options->earlier, &earlier) || earlier.len == 0))
        status = say_input("this cannot be read, or it is empty", options->earlier);
    if (status == EXIT_DONE) {
        static const int exits[] = {
            [LOOKLOG_GOOD] = EXIT_DONE, [LOOKLOG_WRONG] = EXIT_NO, [LOOKLOG_UNREADABLE] = EXIT_INPUT
        };
        status = exits[check(options, out_str(&bundle), out_str(&earlier), &report)];
        if (report.len)
            fwrite(report.at, 1, report.len, stdout);
    }
    out_close(&bundle);
    out_close(&earlier);
    out_close(&report);
    return status;
}

int command_log(int argc, char **argv)
{
    struct options options = { .dutch = true };
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0) {
            fputs(help_text, stdout);
            return EXIT_DONE;
        }
    if (argc < 2 || strcmp(argv[1], "verify") != 0)
        return say_input("the log can be verified: nabij log verify PATH", "");
    int status = read_options(argc, argv, &options);
    if (status != EXIT_DONE)
        return status;
    if (strncmp(options.path, "http://", 7) == 0 || strncmp(options.path, "https://", 8) == 0)
        return say_input("this program does not fetch from the network, so that it works anywhere; "
                         "download the file first and give its name",
                         options.path);
    return verify(&options);
}
