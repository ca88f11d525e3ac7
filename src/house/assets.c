#include "house/assets.h"

#include <stdio.h>
#include <string.h>

#include "base/embedded.h"
#include "base/out.h"
#include "looklog/looklog.h"

#define POLICY                                                                                     \
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "   \
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "               \
    "frame-ancestors 'none'"

const struct str headers_always = STR_INIT(
    "Content-Security-Policy: " POLICY "\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(), geolocation=(), microphone=(), interest-cohort=()\r\n");

static struct str type_of(struct str path)
{
    if (str_ends(path, STR(".css")))
        return STR("text/css; charset=utf-8");
    if (str_ends(path, STR(".js")))
        return STR("text/javascript; charset=utf-8");
    if (str_ends(path, STR(".svg")))
        return STR("image/svg+xml");
    if (str_ends(path, STR(".woff2")))
        return STR("font/woff2");
    return STR("application/octet-stream");
}

static const struct embedded *find(struct str name)
{
    for (const struct embedded *file = embedded_files; file->path; file++)
        if (strncmp(file->path, "assets/", 7) == 0 && str_is(str_of(file->path + 7), name))
            return file;
    return NULL;
}

static void answer_not_found(struct exchange *exchange)
{
    struct answer answer = { .status = 404,
                             .content_type = STR("text/plain; charset=utf-8"),
                             .headers = headers_always,
                             .body = STR("404\n") };
    exchange_answer(exchange, &answer);
}

/* /assets/MARK/NAME: the mark changes with the bytes, so it may be kept for ever. */
static void answer_asset(struct exchange *exchange, struct str rest)
{
    struct str mark;
    str_split(&rest, '/', &mark);
    const struct embedded *file = rest.at ? find(rest) : NULL;
    if (!file) {
        answer_not_found(exchange);
        return;
    }
    struct out lines;
    out_open(&lines, 4096);
    out_raw(&lines, headers_always);
    out_raw(&lines, str_is(mark, str_of(file->mark))
                        ? STR("Cache-Control: public, max-age=31536000, immutable\r\n")
                        : STR("Cache-Control: no-cache\r\n"));
    struct answer answer = { .status = 200,
                             .content_type = type_of(rest),
                             .headers = out_str(&lines),
                             .body = { (const char *)file->bytes, file->length } };
    exchange_answer(exchange, &answer);
    out_close(&lines);
}

static void answer_log(struct exchange *exchange, struct str rest, int log_fd)
{
    struct out bytes;
    out_open(&bytes, 1024 * 1024);
    if (log_fd >= 0 && looklog_serve(log_fd, rest, &bytes) && !bytes.overflow) {
        struct answer answer = { .status = 200,
                                 .content_type = str_starts(rest, STR("tile/"))
                                                     ? STR("application/octet-stream")
                                                     : STR("text/plain; charset=utf-8"),
                                 .headers = headers_always,
                                 .body = out_str(&bytes) };
        exchange_answer(exchange, &answer);
    } else {
        answer_not_found(exchange);
    }
    out_close(&bytes);
}

bool assets_serve(struct exchange *exchange, const struct request *request, int log_fd)
{
    if (request->method != GET && request->method != HEAD)
        return false;
    if (str_starts(request->path, STR("/assets/")))
        answer_asset(exchange, str_from(request->path, 8));
    else if (str_starts(request->path, STR("/log/")))
        answer_log(exchange, str_from(request->path, 5), log_fd);
    else
        return false;
    return true;
}

struct url asset_url(const char *name)
{
    static struct {
        const char *name;
        char text[96];
    } made[16];
    for (size_t i = 0; i < 16; i++) {
        if (!made[i].name) {
            const struct embedded *file = find(str_of(name));
            snprintf(made[i].text, sizeof made[i].text, "/assets/%s/%s", file ? file->mark : "0",
                     name);
            made[i].name = name;
        }
        if (strcmp(made[i].name, name) == 0)
            return (struct url){ str_of(made[i].text) };
    }
    return (struct url){ STR("/") };
}
