/* request_fuzz.c - what we accept, llhttp accepts too, and reads in the same way: the same method,
 * target, fields, decision about the body, body, and last byte. Where llhttp accepts and we refuse
 * there is nothing to say. Besides: a request is whole at its last byte and not before it, and a
 * beginning that is refused stays refused. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <llhttp.h>

#include "web/chunked.h"
#include "web/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(condition, words)                                                                     \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "request_fuzz: %s\n", words);                                          \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* What a reader made of the bytes. */
struct text {
    char at[64 * 1024];
    size_t len;
};

struct reading {
    struct text target, fields, body;
    int heads, ends;
    bool keep_alive;
};

static struct reading theirs;
static struct text our_fields, our_body;

static void add(struct text *text, const char *at, size_t len)
{
    if (len > sizeof text->at - text->len)
        len = sizeof text->at - text->len;
    memcpy(text->at + text->len, at, len);
    text->len += len;
}

static int on_url(llhttp_t *parser, const char *at, size_t len)
{
    (void)parser;
    add(&theirs.target, at, len);
    return 0;
}

static int on_field_part(llhttp_t *parser, const char *at, size_t len)
{
    (void)parser;
    add(&theirs.fields, at, len);
    return 0;
}

static int on_name_end(llhttp_t *parser)
{
    (void)parser;
    add(&theirs.fields, "\n", 1);
    return 0;
}

/* llhttp leaves white space at the end of a value; RFC 9110 section 5.5 says it is not part of it.
 */
static int on_value_end(llhttp_t *parser)
{
    struct text *fields = &theirs.fields;
    (void)parser;
    while (fields->len &&
           (fields->at[fields->len - 1] == ' ' || fields->at[fields->len - 1] == '\t'))
        fields->len--;
    add(fields, "\r", 1);
    return 0;
}

static int on_head_end(llhttp_t *parser)
{
    theirs.heads++;
    theirs.keep_alive = llhttp_should_keep_alive(parser) != 0;
    return 0;
}

static int on_body_part(llhttp_t *parser, const char *at, size_t len)
{
    (void)parser;
    add(&theirs.body, at, len);
    return 0;
}

static int on_end(llhttp_t *parser)
{
    (void)parser;
    theirs.ends++;
    return 0;
}

static bool fine(llhttp_t *parser, llhttp_errno_t error)
{
    return error == HPE_OK || (error == HPE_PAUSED_UPGRADE && parser->upgrade);
}

static void compare(llhttp_t *parser, const struct request *request)
{
    static const llhttp_method_t methods[] = { HTTP_GET, HTTP_HEAD, HTTP_POST };
    struct str target = { theirs.target.at, theirs.target.len };
    size_t ours = request->path.len + (request->query.at[-1] == '?' ? request->query.len + 1 : 0);
    MUST(parser->method == methods[request->method], "another method");
    MUST(target.len >= ours && memcmp(target.at + target.len - ours, request->path.at, ours) == 0,
         "another target");
    MUST(target.len == ours || str_starts(target, STR("http")) || str_starts(target, STR("HTTP")) ||
             target.at[0] == 'h' || target.at[0] == 'H',
         "a longer target");
    MUST(our_fields.len == theirs.fields.len &&
             memcmp(our_fields.at, theirs.fields.at, our_fields.len) == 0,
         "other fields");
    MUST(request->chunked == ((parser->flags & F_CHUNKED) != 0), "chunked or not");
    MUST(!request->keep_alive || theirs.keep_alive, "they would have closed");
}

static void hold_against(const struct request *request, const char *bytes, size_t head, size_t end)
{
    llhttp_t parser;
    llhttp_settings_t settings;
    llhttp_settings_init(&settings);
    settings.on_url = on_url;
    settings.on_header_field = settings.on_header_value = on_field_part;
    settings.on_header_field_complete = on_name_end;
    settings.on_header_value_complete = on_value_end;
    settings.on_headers_complete = on_head_end;
    settings.on_body = on_body_part;
    settings.on_message_complete = on_end;
    llhttp_init(&parser, HTTP_REQUEST, &settings);
    theirs.target.len = theirs.fields.len = theirs.body.len = 0;
    theirs.heads = theirs.ends = 0;

    MUST(fine(&parser, llhttp_execute(&parser, bytes, head - 1)), "they refuse the head");
    MUST(theirs.heads == 0, "they end the head earlier");
    llhttp_errno_t last = llhttp_execute(&parser, bytes + head - 1, 1);
    MUST(fine(&parser, last), "they refuse the head's last byte");
    MUST(theirs.heads == 1, "they do not end the head");
    if (!request->chunked)
        MUST(parser.content_length == request->content_length || theirs.ends, "another length");
    compare(&parser, request);
    if (end == 0)
        return;
    if (end > head) {
        MUST(fine(&parser, llhttp_execute(&parser, bytes + head, end - head - 1)),
             "they refuse the body");
        MUST(theirs.ends == 0, "they end the message earlier");
        MUST(fine(&parser, llhttp_execute(&parser, bytes + end - 1, 1)), "they refuse the end");
    }
    MUST(theirs.ends == 1, "they do not end the message");
    MUST(our_body.len == theirs.body.len && memcmp(our_body.at, theirs.body.at, our_body.len) == 0,
         "another body");
}

/* Where the message ends; 0 when it is not whole or not good. */
static size_t message_end(const struct request *request, struct str bytes, size_t head)
{
    struct chunked chunked = { 0 };
    size_t used, at = head;
    struct str piece;
    const char *why;
    our_body.len = 0;
    if (!request->chunked) {
        if (bytes.len - head < request->content_length)
            return 0;
        add(&our_body, bytes.at + head, (size_t)request->content_length);
        return head + (size_t)request->content_length;
    }
    for (;;) {
        enum chunked_result result =
            chunked_read(&chunked, str_from(bytes, at), &used, &piece, &why);
        at += used;
        if (result == CHUNKED_PIECE)
            add(&our_body, piece.at, piece.len);
        else
            return result == CHUNKED_END ? at : 0;
    }
}

static void in_two_pieces(struct str bytes, size_t cut, enum parse_result whole, size_t head)
{
    static struct request request;
    size_t used;
    const char *why;
    enum parse_result part = request_parse(str_first(bytes, cut), &request, &used, &why);
    if (whole == PARSE_DONE)
        MUST(cut >= head ? part == PARSE_DONE && used == head : part == PARSE_MORE,
             "a beginning is read otherwise");
    else if (part != PARSE_MORE)
        MUST(part == whole, "a refused beginning was mended");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct request request;
    struct str bytes = { (const char *)data, size };
    size_t head;
    const char *why;
    if (size == 0 || size > sizeof our_body.at)
        return 0;
    enum parse_result result = request_parse(bytes, &request, &head, &why);
    in_two_pieces(bytes, size * 2 / 3, result, head);
    in_two_pieces(bytes, size - 1, result, head);
    if (result != PARSE_DONE || request.method == METHOD_OTHER)
        return 0;
    our_fields.len = 0;
    for (size_t i = 0; i < request.header_count; i++) {
        add(&our_fields, request.headers[i].name.at, request.headers[i].name.len);
        add(&our_fields, "\n", 1);
        add(&our_fields, request.headers[i].value.at, request.headers[i].value.len);
        add(&our_fields, "\r", 1);
    }
    hold_against(&request, bytes.at, head, message_end(&request, bytes, head));
    return 0;
}
