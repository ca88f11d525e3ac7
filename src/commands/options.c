#include "commands/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/day.h"

static struct arena *commands_arena;

static void forget(void)
{
    arena_free(commands_arena);
}

static bool set_pair(struct options *o, const char *pair, const char **why)
{
    struct str rest = str_of(pair), name;
    str_split(&rest, '=', &name);
    if (!rest.at) {
        *why = "--set expects NAME=VALUE";
        return false;
    }
    return config_set(&o->config, o->arena, name, rest, "--set", why);
}

/* Takes one word with its value; 0: not an option with a value, 1: taken, -1: wrong. */
static int take_value(struct options *o, const char *word, const char *value, const char **why)
{
    static const char *const with_value[] = { "--data", "--listen", "--set",  "--language",
                                              "--name", "--slug",   "--about" };
    size_t which = 0;
    while (which < 7 && strcmp(word, with_value[which]) != 0)
        which++;
    if (which == 7)
        return 0;
    if (!value) {
        *why = str_print(o->arena, "%s expects a value after it", word).at;
        return -1;
    }
    switch (which) {
    case 0:
        o->config.data = str_of(value);
        return 1;
    case 1:
        return config_set(&o->config, o->arena, STR("listen"), str_of(value), "--listen", why) ? 1
                                                                                               : -1;
    case 2:
        return set_pair(o, value, why) ? 1 : -1;
    case 3:
        o->language = value;
        return 1;
    case 4:
        o->name = str_of(value);
        return 1;
    case 5:
        o->slug = str_of(value);
        return 1;
    default:
        o->about = str_of(value);
        return 1;
    }
}

static bool take_flag(struct options *o, const char *word)
{
    struct {
        const char *word;
        bool *flag;
    } flags[] = { { "--json", &o->json }, { "--example", &o->example }, { "--keys", &o->keys } };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (strcmp(word, flags[i].word) == 0)
            return *flags[i].flag = true;
    return false;
}

static bool take_all(struct options *o, int argc, char **argv, const char **why)
{
    for (int i = 1; i < argc; i++) {
        int taken = take_value(o, argv[i], i + 1 < argc ? argv[i + 1] : NULL, why);
        if (taken < 0)
            return false;
        if (taken > 0) {
            i++;
            continue;
        }
        if (take_flag(o, argv[i]))
            continue;
        if (argv[i][0] == '-' && argv[i][1]) {
            *why = str_print(o->arena, "there is no option %s", argv[i]).at;
            return false;
        }
        if (o->rest_count < 8)
            o->rest[o->rest_count++] = argv[i];
    }
    return true;
}

enum options_result options_read(struct options *options, int argc, char **argv, const char *help)
{
    const char *why = "";
    *options = (struct options){ .arena = arena_new(64 * 1024 * 1024) };
    commands_arena = options->arena;
    atexit(forget);
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0) {
            fputs(help, stdout);
            return OPTIONS_HELPED;
        }
    config_defaults(&options->config);
    options->config.data = STR("data");
    /* Twice: first to know the folder, then again over what its nabij.conf says. */
    bool good =
        take_all(options, argc, argv, &why) && config_read(&options->config, options->arena, &why);
    options->rest_count = 0;
    good = good && take_all(options, argc, argv, &why);
    if (good && !zone_set(str_zero(options->arena, options->config.zone))) {
        why = "zone: there is no such time zone on this machine";
        good = false;
    }
    if (good)
        return OPTIONS_GO;
    fprintf(stderr, "nabij %s: %s. `nabij %s --help` explains.\n", argv[0], why, argv[0]);
    return OPTIONS_WRONG;
}
