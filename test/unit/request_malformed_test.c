/* Requests that are wrong, each named after what is wrong with it; every one must be refused, for
 * that reason, also when it comes one byte at a time. Then requests that look strange and are
 * good. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "web/chunked.h"
#include "web/request.h"

struct wrong {
    const char *name;
    struct str bytes;
    const char *reason;
};

#define H        "Host: buurt.example\r\n"
#define GET_HOST "GET / HTTP/1.1\r\n" H
#define CHUNKED  "POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n"
#define W(n, b, r)                                                                                 \
    {                                                                                              \
        n, STR_INIT(b), r                                                                          \
    }

static const char method_wrong[] = "a method that is not a token and one space";
static const char target_byte[] = "a byte that may not stand in a target";
static const char no_slash[] = "a target that does not begin with a slash";
static const char percent[] = "a broken percent-encoding in the target";
static const char version_wrong[] = "a version that is not HTTP/n.n";
static const char version_other[] = "a version of HTTP that is not spoken here";
static const char words[] = "more than three words on the request line";
static const char bare_lf[] = "a line ends in a bare LF";
static const char bare_cr[] = "a bare CR";
static const char folded[] = "a folded line";
static const char name_byte[] = "a byte that may not stand in a name";
static const char control[] = "a control byte in a value";
static const char host_wrong[] = "Host is not a host";
static const char length_wrong[] = "Content-Length is not a plain number";
static const char coding[] = "a transfer coding that is not chunked alone";
static const char both[] = "Content-Length with Transfer-Encoding";
static const char size_wrong[] = "a chunk size that is not a number";
static const char chunk_end[] = "a chunk not ended by CRLF";

static const struct wrong wrongs[] = {
    /* the request line */
    W("a method with a colon", "G:T / HTTP/1.1\r\n" H "\r\n", method_wrong),
    W("no method", " / HTTP/1.1\r\n" H "\r\n", method_wrong),
    W("a tab after the method", "GET\t/ HTTP/1.1\r\n" H "\r\n", method_wrong),
    W("a method of forty letters",
      "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMN / HTTP/1.1\r\n" H "\r\n",
      "a method that is far too long"),
    W("a TLS greeting on the plain port", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
      method_wrong),
    W("two empty lines before the request", "\r\n\r\n" GET_HOST "\r\n", method_wrong),
    W("a bare LF before the request", "\n" GET_HOST "\r\n", method_wrong),
    W("a bare CR before the request", "\rGET / HTTP/1.1\r\n" H "\r\n", bare_cr),
    W("two spaces before the target", "GET  / HTTP/1.1\r\n" H "\r\n", no_slash),
    W("two spaces after the target", "GET /  HTTP/1.1\r\n" H "\r\n", version_wrong),
    W("no target", "GET HTTP/1.1\r\n" H "\r\n", no_slash),
    W("a target without a slash", "GET index.html HTTP/1.1\r\n" H "\r\n", no_slash),
    W("a star as target of a GET", "GET * HTTP/1.1\r\n" H "\r\n", no_slash),
    W("host and port as target", "CONNECT buurt.example:443 HTTP/1.1\r\n" H "\r\n", no_slash),
    W("an ftp target", "GET ftp://buurt.example/ HTTP/1.1\r\n" H "\r\n", no_slash),
    W("an absolute target without a path", "GET http://buurt.example HTTP/1.1\r\n" H "\r\n",
      no_slash),
    W("an absolute target of another host", "GET http://elders.example/ HTTP/1.1\r\n" H "\r\n",
      "the target names another host"),
    W("an absolute target with a user name", "GET http://a@buurt.example/ HTTP/1.1\r\n" H "\r\n",
      no_slash),
    W("a fragment in the target", "GET /a#b HTTP/1.1\r\n" H "\r\n", target_byte),
    W("a backslash in the target", "GET /a\\b HTTP/1.1\r\n" H "\r\n", target_byte),
    W("a quote in the target", "GET /\"a HTTP/1.1\r\n" H "\r\n", target_byte),
    W("a bracket in the query", "GET /?a[]=1 HTTP/1.1\r\n" H "\r\n", target_byte),
    W("a NUL in the target", "GET /a\0b HTTP/1.1\r\n" H "\r\n", target_byte),
    W("a tab in the target", "GET /a\tb HTTP/1.1\r\n" H "\r\n", target_byte),
    W("DEL in the target", "GET /a\x7f HTTP/1.1\r\n" H "\r\n", target_byte),
    W("raw UTF-8 in the target", "GET /caf\xc3\xa9 HTTP/1.1\r\n" H "\r\n", target_byte),
    W("a percent sign without digits", "GET /a%zz HTTP/1.1\r\n" H "\r\n", percent),
    W("a percent sign with one digit", "GET /a%4 HTTP/1.1\r\n" H "\r\n", percent),
    W("a percent sign at the query's end", "GET /a?b=% HTTP/1.1\r\n" H "\r\n", percent),
    W("no version, as in HTTP/0.9", "GET /\r\n", target_byte),
    W("a small-lettered version", "GET / http/1.1\r\n" H "\r\n", version_wrong),
    W("another protocol", "GET / HTCPCP/1.0\r\n" H "\r\n", version_wrong),
    W("a version of one digit", "GET / HTTP/1\r\n" H "\r\n", version_wrong),
    W("a version with a comma", "GET / HTTP/1,1\r\n" H "\r\n", version_wrong),
    W("a version of three digits", "GET / HTTP/1.10\r\n" H "\r\n", words),
    W("HTTP/2.0 in words", "PRI / HTTP/2.0\r\n\r\nSM\r\n\r\n", version_other),
    W("HTTP/1.2", "GET / HTTP/1.2\r\n" H "\r\n", version_other),
    W("HTTP/0.9 written out", "GET / HTTP/0.9\r\n" H "\r\n", version_other),
    W("a space after the version", "GET / HTTP/1.1 \r\n" H "\r\n", words),
    W("a fourth word", "GET / HTTP/1.1 now\r\n" H "\r\n", words),
    W("a bare LF after the request line", "GET / HTTP/1.1\n" H "\r\n", bare_lf),
    W("a bare CR after the request line", "GET / HTTP/1.1\r" H "\r\n", bare_cr),
    /* fields */
    W("a bare LF after a field", "GET / HTTP/1.1\r\nHost: buurt.example\n\r\n", bare_lf),
    W("a bare LF as the last line", GET_HOST "\n", bare_lf),
    W("a bare CR within a value", GET_HOST "A: b\rc\r\n\r\n", bare_cr),
    W("a bare CR as the last line", GET_HOST "\rA", bare_cr),
    W("a NUL in a value", GET_HOST "A: b\0c\r\n\r\n", control),
    W("a bell in a value", GET_HOST "A: b\a\r\n\r\n", control),
    W("DEL in a long value", GET_HOST "A: bbbbbbbbbbbbbb\x7f bbbbbbbbbbb\r\n\r\n", control),
    W("a field folded with a space", GET_HOST "A: b\r\n c\r\n\r\n", folded),
    W("a field folded with a tab", GET_HOST "A: b\r\n\tc\r\n\r\n", folded),
    W("a first field that begins with a space", "GET / HTTP/1.1\r\n " H "\r\n", folded),
    W("a space before the colon", GET_HOST "A : b\r\n\r\n", "a space before a colon"),
    W("a tab before the colon", "GET / HTTP/1.1\r\nHost\t: buurt.example\r\n\r\n",
      "a space before a colon"),
    W("a field without a name", GET_HOST ": b\r\n\r\n", "a field without a name"),
    W("a field without a colon", GET_HOST "A\r\n\r\n", name_byte),
    W("a NUL in a name", GET_HOST "A\0B: c\r\n\r\n", name_byte),
    W("a bracket in a name", GET_HOST "A[0]: c\r\n\r\n", name_byte),
    W("UTF-8 in a name", GET_HOST "na\xc3\xa4m: c\r\n\r\n", name_byte),
    W("a slash in a name", GET_HOST "A/B: c\r\n\r\n", name_byte),
    /* Host */
    W("no Host", "GET / HTTP/1.1\r\nA: b\r\n\r\n", "no Host"),
    W("no Host in HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", "no Host"),
    W("Host twice, the same", GET_HOST H "\r\n", "Host twice"),
    W("Host twice, not the same", GET_HOST "hOST: elders.example\r\n\r\n", "Host twice"),
    W("an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", host_wrong),
    W("a Host with a user name", "GET / HTTP/1.1\r\nHost: a@buurt.example\r\n\r\n", host_wrong),
    W("a Host with a path", "GET / HTTP/1.1\r\nHost: buurt.example/x\r\n\r\n", host_wrong),
    W("two hosts in one Host", "GET / HTTP/1.1\r\nHost: a.example, b.example\r\n\r\n", host_wrong),
    W("a Host with a port of letters", "GET / HTTP/1.1\r\nHost: a:http\r\n\r\n", host_wrong),
    W("a Host with a port of six digits", "GET / HTTP/1.1\r\nHost: a:123456\r\n\r\n", host_wrong),
    W("a Host with a bracket left open", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", host_wrong),
    W("a Host that is only a port", "GET / HTTP/1.1\r\nHost: :80\r\n\r\n", host_wrong),
    /* how long is the body */
    W("Content-Length with a plus", GET_HOST "Content-Length: +5\r\n\r\nhallo", length_wrong),
    W("Content-Length below zero", GET_HOST "Content-Length: -1\r\n\r\n", length_wrong),
    W("an empty Content-Length", GET_HOST "Content-Length:\r\n\r\n", length_wrong),
    W("Content-Length in hexadecimal", GET_HOST "Content-Length: 0x5\r\n\r\nhallo", length_wrong),
    W("Content-Length with a unit", GET_HOST "Content-Length: 5 bytes\r\n\r\n", length_wrong),
    W("Content-Length as a list", GET_HOST "Content-Length: 5, 5\r\n\r\nhallo", length_wrong),
    W("Content-Length past 64 bits", GET_HOST "Content-Length: 18446744073709551621\r\n\r\nhallo",
      length_wrong),
    W("Content-Length twice, the same",
      GET_HOST "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhallo", "Content-Length twice"),
    W("Content-Length twice, not the same",
      GET_HOST "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhallo", "Content-Length twice"),
    W("Content-Length, then chunks",
      GET_HOST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", both),
    W("chunks, then Content-Length",
      GET_HOST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", both),
    W("Transfer-Encoding twice",
      GET_HOST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
      "Transfer-Encoding twice"),
    W("gzip before chunked", GET_HOST "Transfer-Encoding: gzip, chunked\r\n\r\n", coding),
    W("identity", GET_HOST "Transfer-Encoding: identity\r\n\r\n", coding),
    W("chunked, identity", GET_HOST "Transfer-Encoding: chunked, identity\r\n\r\n", coding),
    W("chunked with a vertical tab", GET_HOST "Transfer-Encoding: \vchunked\r\n\r\n", control),
    W("chunked in quotes", GET_HOST "Transfer-Encoding: \"chunked\"\r\n\r\n", coding),
    W("an empty Transfer-Encoding", GET_HOST "Transfer-Encoding:\r\n\r\n", coding),
    W("a name that only looks like Transfer-Encoding",
      GET_HOST "Transfer_Encoding: chunked\r\nTransfer-Encoding : chunked\r\n\r\n",
      "a space before a colon"),
    W("chunks in HTTP/1.0", "POST / HTTP/1.0\r\n" H "Transfer-Encoding: chunked\r\n\r\n",
      "Transfer-Encoding in HTTP/1.0"),
    W("an expectation nobody knows", GET_HOST "Expect: a-miracle\r\n\r\n",
      "an expectation that is not 100-continue"),
    W("a Connection that is no list", GET_HOST "Connection: close\x80\r\n\r\n",
      "Connection is not a list of options"),
    /* chunks */
    W("a chunk size with 0x", CHUNKED "0x5\r\nhallo\r\n0\r\n\r\n", size_wrong),
    W("a chunk size below zero", CHUNKED "-1\r\n", size_wrong),
    W("an empty chunk size", CHUNKED "\r\nhallo\r\n0\r\n\r\n", size_wrong),
    W("a space before a chunk size", CHUNKED " 5\r\nhallo\r\n0\r\n\r\n", size_wrong),
    W("a space after a chunk size", CHUNKED "5 \r\nhallo\r\n0\r\n\r\n", size_wrong),
    W("a chunk size of nine digits", CHUNKED "000000005\r\nhallo\r\n0\r\n\r\n",
      "a chunk size that is far too long"),
    W("a chunk size past 64 bits", CHUNKED "10000000000000005\r\nhallo\r\n0\r\n\r\n",
      "a chunk size that is far too long"),
    W("a chunk size ended by a bare LF", CHUNKED "5\nhallo\r\n0\r\n\r\n",
      "a chunk size ends in a bare LF"),
    W("a chunk size ended by a bare CR", CHUNKED "5\rhallo\r\n0\r\n\r\n", chunk_end),
    W("a chunk extension", CHUNKED "5;a=b\r\nhallo\r\n0\r\n\r\n", "a chunk extension"),
    W("a chunk longer than its size", CHUNKED "4\r\nhallo\r\n0\r\n\r\n", chunk_end),
    W("a chunk ended by a bare LF", CHUNKED "5\r\nhallo\n0\r\n\r\n", chunk_end),
    W("a trailer", CHUNKED "5\r\nhallo\r\n0\r\nHost: elders.example\r\n\r\n",
      "a trailer after the last chunk"),
    W("a bare LF at the end of the chunks", CHUNKED "0\r\n\n", "a trailer after the last chunk"),
};

#define G(n, b)                                                                                    \
    {                                                                                              \
        n, STR_INIT(b), ""                                                                         \
    }

static const struct wrong strange[] = {
    G("the smallest request", "GET / HTTP/1.1\r\nHost:a\r\n\r\n"),
    G("one empty line before it", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
    G("HTTP/1.0 with a Host", "GET / HTTP/1.0\r\nHost: a\r\n\r\n"),
    G("an absolute target of this host",
      "GET HTTP://Buurt.Example:8080/a?b HTTP/1.1\r\nHost: buurt.example:8080\r\n\r\n"),
    G("names in any case", "GET / HTTP/1.1\r\nhOsT: a\r\ncONTENT-lENGTH: 0\r\n\r\n"),
    G("white space around values", "GET / HTTP/1.1\r\nHost: \t a \t \r\nA:\t\r\n\r\n"),
    G("an empty value", GET_HOST "A:\r\n\r\n"),
    G("a tab within a value", GET_HOST "A: b\tccccccccccccc\r\n\r\n"),
    G("bytes above 127 in a value", GET_HOST "A: caf\xc3\xa9 \xe9\xff\r\n\r\n"),
    G("every mark that a name may have", GET_HOST "!#$%&'*+-.^_`|~09azAZ: b\r\n\r\n"),
    G("every mark that a path may have", "GET /-._~!$&'()*+,;=:@%41%ff HTTP/1.1\r\n" H "\r\n"),
    G("an empty query", "GET /? HTTP/1.1\r\n" H "\r\n"),
    G("question marks and slashes in a query", "GET /?a?/?b HTTP/1.1\r\n" H "\r\n"),
    G("dots and double slashes", "GET //../a/./b/ HTTP/1.1\r\n" H "\r\n"),
    G("an IPv6 Host with a port", "GET / HTTP/1.1\r\nHost: [2001:db8::1]:8080\r\n\r\n"),
    G("a Host with an empty port", "GET / HTTP/1.1\r\nHost: a:\r\n\r\n"),
    G("the same field three times", GET_HOST "A: b\r\nA: c\r\nA: d\r\n\r\n"),
    G("Connection twice", GET_HOST "Connection: keep-alive\r\nConnection: x,close\r\n\r\n"),
    G("an upgrade that we do not take", GET_HOST "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n"),
    G("zeros before a length", "POST / HTTP/1.1\r\n" H "Content-Length: 0005\r\n\r\nhallo"),
    G("a length of eighteen digits",
      "POST / HTTP/1.1\r\n" H "Content-Length: 999999999999999999\r\n\r\n"),
    G("CHUNKED in capitals", "POST / HTTP/1.1\r\n" H "Transfer-Encoding: CHUNKED\r\n\r\n0\r\n\r\n"),
    G("chunks with sizes of both cases and zeros in front", CHUNKED
      "0005\r\nhallo\r\naB\r\n"
      "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
      "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
      "\r\n00000000\r\n\r\n"),
    G("a GET with a body", GET_HOST "Content-Length: 2\r\n\r\nok"),
    G("100-continue in capitals",
      "POST / HTTP/1.1\r\n" H "Expect: 100-CONTINUE\r\nContent-Length: 5\r\n\r\nhallo"),
    G("a method that we do not know", "BREW /pot HTTP/1.1\r\n" H "\r\n"),
};

/* What a server would make of the first `length` bytes: the head, then chunks where it says so. */
static enum parse_result judge(struct str bytes, const char **why)
{
    static struct request request;
    size_t used, more = 0;
    struct str piece;
    enum parse_result result = request_parse(bytes, &request, &used, why);
    if (result != PARSE_DONE || !request.chunked)
        return result;
    struct chunked chunked = { 0 };
    for (struct str rest = str_from(bytes, used);; rest = str_from(rest, more)) {
        enum chunked_result chunk = chunked_read(&chunked, rest, &more, &piece, why);
        if (chunk != CHUNKED_PIECE)
            return chunk == CHUNKED_END   ? PARSE_DONE
                   : chunk == CHUNKED_BAD ? PARSE_BAD
                                          : PARSE_MORE;
    }
}

static void each_wrong_request_is_refused(void **state)
{
    (void)state;
    const char *why;
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        enum parse_result result = judge(wrongs[i].bytes, &why);
        if (result == PARSE_DONE || result == PARSE_MORE || strcmp(why, wrongs[i].reason) != 0)
            fail_msg("%s: result %d, \"%s\" instead of \"%s\"", wrongs[i].name, (int)result, why,
                     wrongs[i].reason);
    }
    print_message("# %zu wrong requests, each refused\n", sizeof wrongs / sizeof *wrongs);
}

/* Each beginning in memory of its own, so that the sanitizer sees a byte read too far. */
static void a_wrong_request_is_refused_in_drops_too(void **state)
{
    (void)state;
    const char *why;
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        struct str bytes = wrongs[i].bytes;
        enum parse_result result = PARSE_MORE;
        bool was_good = false;
        for (size_t n = 0; n <= bytes.len && (result == PARSE_MORE || was_good); n++) {
            char *copy = test_malloc(n + 1);
            memcpy(copy, bytes.at, n);
            result = judge((struct str){ copy, n }, &why);
            was_good = result == PARSE_DONE; /* a GET whose "body" is another request */
            test_free(copy);
        }
        if (result == PARSE_DONE || result == PARSE_MORE || strcmp(why, wrongs[i].reason) != 0)
            fail_msg("%s: in drops %d, \"%s\"", wrongs[i].name, (int)result, why);
    }
}

static void a_strange_request_that_is_good_is_taken(void **state)
{
    (void)state;
    const char *why;
    for (size_t i = 0; i < sizeof strange / sizeof *strange; i++) {
        enum parse_result result = judge(strange[i].bytes, &why);
        if (result != PARSE_DONE)
            fail_msg("%s: result %d, \"%s\"", strange[i].name, (int)result, why);
    }
    print_message("# %zu strange requests, each taken\n", sizeof strange / sizeof *strange);
}

static void a_good_request_is_good_at_no_earlier_byte(void **state)
{
    (void)state;
    static struct request request;
    const char *why;
    size_t used, part;
    for (size_t i = 0; i < sizeof strange / sizeof *strange; i++) {
        struct str bytes = strange[i].bytes;
        assert_int_equal(request_parse(bytes, &request, &used, &why), PARSE_DONE);
        for (size_t n = 0; n < used; n++)
            if (request_parse(str_first(bytes, n), &request, &part, &why) != PARSE_MORE)
                fail_msg("%s: not PARSE_MORE after %zu of %zu bytes", strange[i].name, n, used);
    }
}

static void no_name_is_used_twice(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(wrongs[i].name, wrongs[j].name) == 0)
                fail_msg("%s", wrongs[i].name);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_wrong_request_is_refused),
        cmocka_unit_test(a_wrong_request_is_refused_in_drops_too),
        cmocka_unit_test(a_strange_request_that_is_good_is_taken),
        cmocka_unit_test(a_good_request_is_good_at_no_earlier_byte),
        cmocka_unit_test(no_name_is_used_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
