#include "house/config.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

enum kind { KIND_TEXT, KIND_NUMBER };

struct setting {
    struct str name;
    enum kind kind;
    size_t offset;
    int64_t least, most, number;
    struct str text;
    const char *help;
};

#define SETTING_TEXT(name, def, help)                                                              \
    { STR_INIT(#name), KIND_TEXT, offsetof(struct config, name), 0, 0, 0, STR_INIT(def), help },
#define SETTING_NUMBER(name, least, most, def, help)                                               \
    { STR_INIT(#name), KIND_NUMBER, offsetof(struct config, name), least, most, def,               \
      STR_INIT(""),    help },

static const struct setting settings[] = { CONFIG_SETTINGS(SETTING_TEXT, SETTING_NUMBER) };

enum { SETTING_COUNT = sizeof settings / sizeof *settings };

static struct str *text_of(const struct config *config, const struct setting *s)
{
    return (struct str *)(void *)((char *)(uintptr_t)config + s->offset);
}

static int64_t *number_of(const struct config *config, const struct setting *s)
{
    return (int64_t *)(void *)((char *)(uintptr_t)config + s->offset);
}

void config_defaults(struct config *config)
{
    memset(config, 0, sizeof *config);
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        if (settings[i].kind == KIND_TEXT)
            *text_of(config, &settings[i]) = settings[i].text;
        else
            *number_of(config, &settings[i]) = settings[i].number;
    }
}

static const struct setting *find(struct str name)
{
    for (size_t i = 0; i < SETTING_COUNT; i++)
        if (str_is(settings[i].name, name))
            return &settings[i];
    return NULL;
}

bool config_set(struct config *config, struct arena *arena, struct str name, struct str value,
                const char *from, const char **why)
{
    const struct setting *s = find(name);
    int64_t number = 0;
    if (!s) {
        *why =
            str_print(arena, "%s: there is no setting '%.*s'. `nabij config --example` lists them.",
                      from, STR_FMT(name))
                .at;
        return false;
    }
    if (s->kind == KIND_TEXT) {
        *text_of(config, s) = str_keep(arena, value);
        return true;
    }
    if (!str_number(value, &number) || number < s->least || number > s->most) {
        *why = str_print(arena, "%s: %.*s is a whole number from %lld to %lld, not '%.*s'.", from,
                         STR_FMT(name), (long long)s->least, (long long)s->most, STR_FMT(value))
                   .at;
        return false;
    }
    *number_of(config, s) = number;
    return true;
}

char *config_path(const struct config *config, struct arena *arena, const char *name)
{
    struct str path = str_print(arena, "%.*s/%s", STR_FMT(config->data), name);
    return str_zero(arena, path);
}

static bool read_line(struct config *config, struct arena *arena, struct str line, int number,
                      const char **why)
{
    struct str rest = str_trim(line), name;
    const char *from = str_print(arena, "nabij.conf:%d", number).at;
    if (rest.len == 0 || rest.at[0] == '#')
        return true;
    str_split(&rest, '=', &name);
    if (!rest.at) {
        *why = str_print(arena, "%s: expected 'name = value'.", from).at;
        return false;
    }
    return config_set(config, arena, str_trim(name), str_trim(rest), from, why);
}

bool config_read(struct config *config, struct arena *arena, const char **why)
{
    char line[1024];
    bool good = true;
    FILE *file = fopen(config_path(config, arena, "nabij.conf"), "r");
    if (!file)
        return errno == ENOENT || (*why = strerror(errno), false);
    for (int number = 1; good && fgets(line, sizeof line, file); number++)
        good = read_line(config, arena, str_keep(arena, str_of(line)), number, why);
    fclose(file);
    return good;
}

void config_print(const struct config *config, struct out *out, bool example)
{
    if (example)
        out_raw(out, STR("# nabij.conf: copy it to your data folder and take the # off what you "
                         "change.\n"));
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        const struct setting *s = &settings[i];
        if (example && s->kind == KIND_NUMBER)
            out_print(out, "\n# %s (%lld to %lld)\n", s->help, (long long)s->least,
                      (long long)s->most);
        else if (example)
            out_print(out, "\n# %s\n", s->help);
        const char *mark = example ? "#" : "";
        if (s->kind == KIND_TEXT)
            out_print(out, "%s%.*s = %.*s\n", mark, STR_FMT(s->name), STR_FMT(*text_of(config, s)));
        else
            out_print(out, "%s%.*s = %lld\n", mark, STR_FMT(s->name),
                      (long long)*number_of(config, s));
    }
}
