/* body.c - the lines of an entry: "key: value", one a line. */
#include "looklog/looklog.h"

#include "base/arena.h"

void looklog_put(struct out *body, struct str key, struct str value)
{
    out_raw(body, key);
    out_raw(body, STR(": "));
    for (size_t i = 0; i < value.len; i++) {
        char c = value.at[i];
        if (c == '\n')
            out_raw(body, STR("\\n"));
        else if (c == '\r')
            out_raw(body, STR("\\r"));
        else if (c == '\\')
            out_raw(body, STR("\\\\"));
        else
            out_byte(body, c);
    }
    out_byte(body, '\n');
}

struct str looklog_field(struct str body, struct str key)
{
    struct str line;
    while (str_split(&body, '\n', &line))
        if (str_starts(line, key) && str_starts(str_from(line, key.len), STR(": ")))
            return str_from(line, key.len + 2);
    return (struct str){ 0 };
}

struct str looklog_plain(struct arena *arena, struct str value)
{
    char *plain = arena_take(arena, value.len + 1);
    size_t size = 0;
    for (size_t i = 0; i < value.len; i++) {
        char c = value.at[i];
        if (c == '\\' && i + 1 < value.len) {
            c = value.at[++i];
            c = c == 'n' ? '\n' : c == 'r' ? '\r' : c;
        }
        plain[size++] = c;
    }
    return (struct str){ plain, size };
}
