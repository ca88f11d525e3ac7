#include "house/route.h"

#include <string.h>

/* Walks pattern and path side by side, a segment at a time. */
static bool fits(struct ctx *ctx, const char *pattern, struct str path, struct str *slug)
{
    struct str wanted = str_of(pattern), want, have;
    struct id id = { { 0 } };
    struct str word = STR("");
    *slug = STR("");
    for (;;) {
        bool more_wanted = str_split(&wanted, '/', &want), more = str_split(&path, '/', &have);
        if (more != more_wanted)
            return false;
        if (!more)
            break;
        if (str_is(want, STR(":place")) && have.len > 0)
            *slug = have;
        else if (str_is(want, STR(":id"))) {
            if (!id_read(have, &id))
                return false;
        } else if (str_is(want, STR(":word")) && have.len > 0) {
            if (!path_decode(ctx->arena, have, &word))
                return false;
        } else if (!str_is(want, have))
            return false;
    }
    ctx->id = id;
    ctx->word = word;
    return true;
}

bool route_find(struct ctx *ctx, enum method method, struct str path, struct str *slug,
                bool *other_method)
{
    if (method == HEAD)
        method = GET;
    *other_method = false;
    for (size_t i = 0; i < route_count; i++) {
        if (!fits(ctx, routes[i].path, path, slug))
            continue;
        if (routes[i].method == method) {
            ctx->route = &routes[i];
            return true;
        }
        *other_method = true;
    }
    return false;
}

struct str route_path_of(struct ctx *ctx, handler *run)
{
    const struct route *page = NULL;
    for (size_t i = 0; i < route_count && !page; i++)
        if (routes[i].method == GET && routes[i].run == run)
            page = &routes[i];
    if (!page)
        return STR("");
    struct out path;
    struct str pattern = str_of(page->path + 1), part;
    out_open(&path, 4096);
    while (str_split(&pattern, '/', &part)) {
        out_byte(&path, '/');
        if (str_is(part, STR(":place")))
            out_url_part(&path, ctx->place.slug);
        else if (str_is(part, STR(":id")))
            out_raw(&path, id_text(ctx->arena, ctx->id));
        else if (str_is(part, STR(":word")))
            out_url_part(&path, ctx->word);
        else
            out_raw(&path, part);
    }
    struct str kept = str_keep(ctx->arena, out_str(&path));
    out_close(&path);
    return kept;
}
