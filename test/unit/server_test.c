/* The server over real sockets, in one thread: the test turns the loop by hand and owns the
 * clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "web/server.h"

enum { BODY_LIMIT = 100000, BIG = 8 * 1024 * 1024 };

static struct server *server;
static int listener;
static int64_t now_ms;
static struct exchange *held[64];
static size_t held_count;
static int last_refused;
static char heard[256 * 1024];
static char big[BIG];

#define HOST "Host: a\r\n"

static int64_t test_clock(void)
{
    return now_ms;
}

static void answer_text(struct exchange *exchange, struct str text)
{
    struct answer answer = { .status = 200, .content_type = STR("text/plain"), .body = text };
    exchange_answer(exchange, &answer);
}

/* /hold is answered later, /big is big, /peer says who asks; anything else gets its path and body
 * back. */
static void on_request(struct exchange *exchange, void *with)
{
    (void)with;
    static char text[BODY_LIMIT + 1024];
    const struct request *request = exchange_request(exchange);
    if (str_starts(request->path, STR("/hold"))) {
        held[held_count++] = exchange;
        return;
    }
    if (str_is(request->path, STR("/unchanged"))) {
        exchange_answer(exchange, &(struct answer){ .status = 304 });
        return;
    }
    int n =
        snprintf(text, sizeof text, "<%.*s|%.*s>", STR_FMT(request->path), STR_FMT(request->body));
    struct str echo = { text, (size_t)n };
    if (str_is(request->path, STR("/big")))
        echo = (struct str){ big, BIG };
    if (str_is(request->path, STR("/peer")))
        echo = exchange_peer(exchange);
    answer_text(exchange, echo);
}

static void on_refused(struct exchange *exchange, int status, const char *why, void *with)
{
    (void)with;
    last_refused = status;
    struct str language = request_header(exchange_request(exchange), STR("Accept-Language"));
    struct answer answer = { .status = status,
                             .content_type = STR("text/plain"),
                             .headers = STR("X-Kind: yes\r\n"),
                             .body = language.len ? language : str_of(why) };
    exchange_answer(exchange, &answer);
}

static int setup(void **state)
{
    (void)state;
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (bind(listener, (struct sockaddr *)&at, sizeof at) != 0 || listen(listener, 64) != 0)
        return -1;
    struct server_settings settings = { .listen_fd = listener,
                                        .connections = 8,
                                        .body_limit = BODY_LIMIT,
                                        .head_seconds = 5,
                                        .body_seconds = 20,
                                        .idle_seconds = 60,
                                        .answer_seconds = 30,
                                        .behind_proxy = true,
                                        .trusted_peer = STR("10.0.0.1, 127.0.0.1"),
                                        .on_request = on_request,
                                        .on_refused = on_refused,
                                        .milliseconds = test_clock };
    now_ms = 1000;
    held_count = 0;
    last_refused = 0;
    server = server_open(&settings);
    return server ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    server_close(server);
    close(listener);
    return 0;
}

static int visit(void)
{
    struct sockaddr_in at;
    socklen_t size = sizeof at;
    getsockname(listener, (struct sockaddr *)&at, &size);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&at, size), 0);
    fcntl(fd, F_SETFL, O_NONBLOCK);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int)); /* drops come as drops */
    return fd;
}

static void turn(int rounds)
{
    while (rounds-- > 0)
        server_round(server, 1);
}

static void say_to(int fd, struct str text)
{
    assert_int_equal(send(fd, text.at, text.len, MSG_NOSIGNAL), (ssize_t)text.len);
    turn(4);
}
#define SAY(fd, text) say_to(fd, STR(text))

/* All that came; true in *ended when the server has closed. */
static struct str hear(int fd, bool *ended)
{
    size_t len = 0;
    ssize_t n = 1;
    while (len < sizeof heard - 1 && (n = recv(fd, heard + len, sizeof heard - 1 - len, 0)) > 0)
        len += (size_t)n;
    heard[len] = 0;
    if (ended)
        *ended = n == 0 || (n < 0 && errno != EAGAIN);
    return (struct str){ heard, len };
}

static bool has(struct str text, const char *what)
{
    return str_find(text, str_of(what)) < text.len;
}

static size_t times(struct str text, const char *what)
{
    size_t count = 0;
    for (size_t at; (at = str_find(text, str_of(what))) < text.len; count++)
        text = str_from(text, at + 1);
    return count;
}

static void a_request_is_answered_and_the_connection_kept(void **state)
{
    (void)state;
    bool ended;
    int fd = visit();
    SAY(fd, "GET /a HTTP/1.1\r\n" HOST "\r\n");
    struct str answer = hear(fd, &ended);
    assert_true(str_starts(answer, STR("HTTP/1.1 200 OK\r\nDate: ")));
    assert_true(has(answer, " GMT\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\n</a|>"));
    assert_false(ended);
    SAY(fd, "GET /b HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n");
    answer = hear(fd, &ended);
    assert_true(has(answer, "\r\nConnection: close\r\n") && has(answer, "</b|>") && ended);
    assert_int_equal(server_counts(server).requests, 2);
    assert_int_equal(server_counts(server).connections_now, 0);
    close(fd);
}

static void head_and_unchanged_have_no_body(void **state)
{
    (void)state;
    int fd = visit();
    SAY(fd, "HEAD /a HTTP/1.1\r\n" HOST "\r\n");
    struct str answer = hear(fd, NULL);
    assert_true(has(answer, "Content-Length: 5\r\n") && str_ends(answer, STR("\r\n\r\n")));
    SAY(fd, "GET /unchanged HTTP/1.1\r\n" HOST "\r\n");
    answer = hear(fd, NULL);
    assert_true(str_starts(answer, STR("HTTP/1.1 304 Not Modified\r\n")));
    assert_false(has(answer, "Content-Length"));
    close(fd);
}

static void old_http_is_answered_and_closed(void **state)
{
    (void)state;
    bool ended;
    int fd = visit();
    SAY(fd, "GET /a HTTP/1.0\r\n" HOST "Connection: keep-alive\r\n\r\n");
    assert_true(has(hear(fd, &ended), "Connection: close\r\n") && ended);
    close(fd);
}

static void a_request_in_drops_is_whole_in_the_end(void **state)
{
    (void)state;
    struct str request = STR("POST /drops HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nabc");
    int fd = visit();
    for (size_t i = 0; i < request.len; i++)
        say_to(fd, (struct str){ request.at + i, 1 });
    assert_true(has(hear(fd, NULL), "</drops|abc>"));
    close(fd);
}

static int later_pipe[2];

static void pipe_is_ready(void *with)
{
    char byte;
    assert_int_equal(read(later_pipe[0], &byte, 1), 1);
    answer_text(held[0], *(struct str *)with);
    server_unwatch(server, later_pipe[0]);
}

static void
pipelined_requests_are_answered_in_order_also_when_the_first_is_answered_later(void **state)
{
    (void)state;
    struct str later = STR("later");
    assert_int_equal(pipe(later_pipe), 0);
    assert_true(server_watch(server, later_pipe[0], pipe_is_ready, &later));
    int fd = visit();
    SAY(fd, "GET /hold HTTP/1.1\r\n" HOST "\r\nGET /b HTTP/1.1\r\n" HOST
            "\r\nPOST /c HTTP/1.1\r\n" HOST "Content-Length: 2\r\n\r\nokGET /d HTTP/1.1\r\n" HOST);
    assert_int_equal(held_count, 1);
    assert_int_equal(hear(fd, NULL).len, 0);
    assert_int_equal(write(later_pipe[1], "x", 1), 1);
    turn(4);
    struct str answers = hear(fd, NULL);
    size_t first = str_find(answers, later), second = str_find(answers, STR("</b|>")),
           third = str_find(answers, STR("</c|ok>"));
    assert_true(first < second && second < third && third < answers.len);
    SAY(fd, "\r\n");
    assert_true(has(hear(fd, NULL), "</d|>"));
    close(fd);
    close(later_pipe[0]);
    close(later_pipe[1]);
}

static void a_thousand_pipelined_requests_get_a_thousand_answers(void **state)
{
    (void)state;
    struct str one = STR("GET /pipe HTTP/1.1\r\n" HOST "\r\n");
    size_t answers = 0;
    int fd = visit();
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(send(fd, one.at, one.len, 0), (ssize_t)one.len);
        if (i % 100 == 99) {
            turn(8);
            answers += times(hear(fd, NULL), "</pipe|>");
        }
    }
    turn(50);
    answers += times(hear(fd, NULL), "</pipe|>");
    assert_int_equal(answers, 1000);
    close(fd);
}

static void an_exchange_outlives_the_client_who_left(void **state)
{
    (void)state;
    int fd = visit();
    SAY(fd, "GET /hold?me HTTP/1.1\r\n" HOST "\r\n");
    assert_int_equal(held_count, 1);
    struct linger reset = { 1, 0 };
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    close(fd);
    turn(4);
    assert_int_equal(server_counts(server).connections_now, 0);
    assert_true(str_is(exchange_request(held[0])->query, STR("me")));
    exchange_keep(held[0], &now_ms);
    assert_ptr_equal(exchange_kept(held[0]), &now_ms);
    answer_text(held[0], STR("nobody hears this"));
    turn(2);
    fd = visit();
    SAY(fd, "GET /next HTTP/1.1\r\n" HOST "\r\n");
    assert_true(has(hear(fd, NULL), "</next|>"));
    close(fd);
}

static void a_client_that_only_stopped_talking_still_hears_the_answer(void **state)
{
    (void)state;
    bool ended;
    int fd = visit();
    SAY(fd, "GET /hold HTTP/1.1\r\n" HOST "\r\n");
    shutdown(fd, SHUT_WR);
    turn(4);
    answer_text(held[0], STR("here it is"));
    turn(4);
    assert_true(has(hear(fd, &ended), "here it is") && ended);
    close(fd);
}

static void a_slow_head_is_refused_after_its_time_even_when_drops_keep_coming(void **state)
{
    (void)state;
    bool ended;
    int fd = visit();
    SAY(fd, "GET / HTTP/1.1\r\n" HOST "Accept-Language: tr\r\n");
    for (int second = 0; second < 4; second++) {
        now_ms += 1000;
        SAY(fd, "A: b\r\n");
    }
    assert_int_equal(hear(fd, &ended).len, 0);
    assert_false(ended);
    now_ms += 1001;
    turn(3);
    struct str answer = hear(fd, &ended);
    assert_true(str_starts(answer, STR("HTTP/1.1 408 ")) && str_ends(answer, STR("tr")) && ended);
    close(fd);
}

static void a_slow_body_is_refused_after_its_time(void **state)
{
    (void)state;
    bool ended;
    int fd = visit();
    SAY(fd, "POST / HTTP/1.1\r\n" HOST "Content-Length: 9\r\n\r\nabc");
    now_ms += 19000;
    SAY(fd, "d");
    assert_int_equal(hear(fd, &ended).len, 0);
    now_ms += 1001;
    turn(3);
    assert_true(str_starts(hear(fd, &ended), STR("HTTP/1.1 408 ")) && ended);
    close(fd);
}

static void an_idle_connection_is_closed_without_a_word(void **state)
{
    (void)state;
    bool ended;
    int fresh = visit(), used = visit();
    turn(4);
    SAY(used, "GET /a HTTP/1.1\r\n" HOST "\r\n");
    hear(used, NULL);
    now_ms += 59000;
    turn(2);
    assert_int_equal(server_counts(server).connections_now, 2);
    now_ms += 1001;
    turn(2);
    assert_true(hear(fresh, &ended).len == 0 && ended);
    assert_true(hear(used, &ended).len == 0 && ended);
    close(fresh);
    close(used);
}

static void one_who_does_not_take_the_answer_is_let_go(void **state)
{
    (void)state;
    int fd = visit();
    SAY(fd, "GET /big HTTP/1.1\r\n" HOST "\r\n");
    now_ms += 29000;
    turn(2);
    assert_int_equal(server_counts(server).connections_now, 1);
    now_ms += 1001;
    turn(2);
    assert_int_equal(server_counts(server).connections_now, 0);
    close(fd);
}

static void one_who_takes_it_slowly_gets_all_of_it(void **state)
{
    (void)state;
    size_t got = 0;
    int fd = visit();
    SAY(fd, "GET /big HTTP/1.1\r\n" HOST "\r\n");
    for (int i = 0; i < 400 && got < BIG; i++) {
        got += hear(fd, NULL).len;
        now_ms += 1000; /* far longer together than answer_seconds */
        turn(1);
    }
    assert_true(got > BIG && got < BIG + 500);
    close(fd);
}

static void a_body_that_is_too_large_gets_an_answer_that_can_be_read(void **state)
{
    (void)state;
    bool ended = false;
    size_t sent = 0, whole = 10 * 1024 * 1024;
    int fd = visit();
    SAY(fd, "POST /f HTTP/1.1\r\n" HOST "Accept-Language: ar\r\nContent-Length: 10485760\r\n\r\n");
    while (sent < whole) {
        ssize_t n = send(fd, big, whole - sent < 65536 ? whole - sent : 65536, MSG_NOSIGNAL);
        assert_true(n > 0 || errno == EAGAIN);
        sent += n > 0 ? (size_t)n : 0;
        turn(1);
    }
    struct str answer = hear(fd, &ended);
    assert_true(str_starts(answer, STR("HTTP/1.1 413 ")) && has(answer, "X-Kind: yes"));
    assert_true(str_ends(answer, STR("\r\n\r\nar")) && ended);
    shutdown(fd, SHUT_WR);
    turn(3);
    assert_int_equal(server_counts(server).connections_now, 0);
    close(fd);
}

static void chunks_past_the_limit_are_refused_too(void **state)
{
    (void)state;
    int fd = visit();
    SAY(fd, "POST /f HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 11; i++) {
        SAY(fd, "2710\r\n");
        say_to(fd, (struct str){ big, 10000 });
        SAY(fd, "\r\n");
    }
    assert_int_equal(last_refused, 413);
    assert_true(str_starts(hear(fd, NULL), STR("HTTP/1.1 413 ")));
    close(fd);
}

static void bodies_of_every_kind_arrive_whole(void **state)
{
    (void)state;
    static char text[BODY_LIMIT];
    char head[128];
    memset(text, 'x', sizeof text);
    static const size_t sizes[] = { 1, 3000, 4096, 8192, 50001, BODY_LIMIT };
    int fd = visit();
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (int chunked = 0; chunked < 2; chunked++) {
            text[0] = (char)('a' + i);
            text[sizes[i] - 1] = 'Z';
            snprintf(head, sizeof head,
                     "POST /s HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n");
            if (!chunked)
                snprintf(head, sizeof head,
                         "POST /s HTTP/1.1\r\n" HOST "Content-Length: %zu\r\n\r\n", sizes[i]);
            say_to(fd, str_of(head));
            if (chunked) {
                snprintf(head, sizeof head, "%zx\r\n", sizes[i]);
                say_to(fd, str_of(head));
            }
            for (size_t at = 0; at < sizes[i]; at += 9999)
                say_to(fd, str_first((struct str){ text + at, sizes[i] - at }, 9999));
            if (chunked)
                SAY(fd, "\r\n0\r\n\r\n");
            struct str answer = hear(fd, NULL);
            snprintf(head, sizeof head, "\r\nContent-Length: %zu\r\n", sizes[i] + 5);
            if (!has(answer, head))
                fail_msg("%zu bytes, chunked %d: %.200s", sizes[i], chunked, answer.at);
            for (int more = 0; more < 100 && !str_ends(answer, STR("Z>")); more++) {
                turn(1);
                answer = hear(fd, NULL);
            }
            assert_true(str_ends(answer, STR("Z>")));
            text[sizes[i] - 1] = 'x';
        }
    assert_int_equal(server_counts(server).requests, 12);
    close(fd);
}

static void long_heads_work_up_to_the_limit(void **state)
{
    (void)state;
    static char head[REQUEST_HEAD_LIMIT + 200];
    for (size_t size = 3800; size <= REQUEST_HEAD_LIMIT; size += 151) {
        int fd = visit();
        int n = snprintf(head, sizeof head,
                         "POST /l HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\nCookie: ");
        memset(head + n, 'c', size - (size_t)n);
        memcpy(head + size - 4, "\r\n\r\n", 5);
        say_to(fd, str_of(head));
        turn(2);
        SAY(fd, "2\r\nok\r\n0\r\n\r\n");
        assert_true(has(hear(fd, NULL), "</l|ok>"));
        close(fd);
        turn(2);
    }
    int fd = visit();
    memset(head, 'c', sizeof head);
    memcpy(head, "GET / HTTP/1.1\r\nCookie: ", 24);
    say_to(fd, (struct str){ head, sizeof head });
    assert_true(str_starts(hear(fd, NULL), STR("HTTP/1.1 431 ")));
    close(fd);
}

static void a_client_that_waits_is_told_to_continue(void **state)
{
    (void)state;
    int fd = visit();
    SAY(fd, "POST /e HTTP/1.1\r\n" HOST "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    assert_true(str_is(hear(fd, NULL), STR("HTTP/1.1 100 Continue\r\n\r\n")));
    SAY(fd, "hallo");
    assert_true(has(hear(fd, NULL), "</e|hallo>"));
    SAY(fd, "POST /e HTTP/1.1\r\n" HOST "Expect: 100-continue\r\nContent-Length: 500000\r\n\r\n");
    assert_true(str_starts(hear(fd, NULL), STR("HTTP/1.1 413 ")));
    close(fd);
}

static void what_is_wrong_is_refused_with_its_status_and_closed(void **state)
{
    (void)state;
    static const struct {
        const char *request;
        int status;
    } wrongs[] = {
        { "GET / HTTP/1.1\r\n\r\n", 400 },
        { "GET / HTTP/1.1\n", 400 },
        { "GET / HTTP/3.0\r\n" HOST "\r\n", 505 },
        { "DELETE / HTTP/1.1\r\n" HOST "\r\n", 501 },
        { "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n5;a=b\r\n", 400 },
        { "POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
          400 },
    };
    bool ended;
    char start[32];
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        int fd = visit();
        say_to(fd, str_of(wrongs[i].request));
        SAY(fd, "GET /smuggled HTTP/1.1\r\n" HOST "\r\n");
        struct str answer = hear(fd, &ended);
        snprintf(start, sizeof start, "HTTP/1.1 %d ", wrongs[i].status);
        assert_true(str_starts(answer, str_of(start)) && ended);
        assert_int_equal(times(answer, "HTTP/1.1 "), 1);
        close(fd);
        turn(2);
    }
    assert_int_equal(server_counts(server).requests, 0);
    assert_int_equal(server_counts(server).refused, 6);
    assert_int_equal(server_counts(server).connections_now, 0);
}

static void a_target_that_is_too_long_is_refused(void **state)
{
    (void)state;
    int fd = visit();
    SAY(fd, "GET /");
    static char path[9000];
    memset(path, 'p', sizeof path);
    say_to(fd, (struct str){ path, sizeof path });
    SAY(fd, " HTTP/1.1\r\n" HOST "\r\n");
    assert_true(str_starts(hear(fd, NULL), STR("HTTP/1.1 414 ")));
    close(fd);
}

static void the_peer_is_who_our_own_proxy_says(void **state)
{
    (void)state;
    int fd = visit();
    SAY(fd, "GET /peer HTTP/1.1\r\n" HOST "\r\n");
    assert_true(str_ends(hear(fd, NULL), STR("\r\n\r\n127.0.0.1")));
    SAY(fd, "GET /peer HTTP/1.1\r\n" HOST "X-Forwarded-For: 1.2.3.4\r\n"
            "X-Forwarded-For: 9.9.9.9, 192.0.2.7\r\n\r\n");
    assert_true(str_ends(hear(fd, NULL), STR("\r\n\r\n192.0.2.7")));
    SAY(fd, "GET /peer HTTP/1.1\r\n" HOST "X-Forwarded-For: <script>\r\n\r\n");
    assert_true(str_ends(hear(fd, NULL), STR("\r\n\r\n127.0.0.1")));
    close(fd);
}

static void when_full_the_longest_idle_makes_room(void **state)
{
    (void)state;
    int fds[9];
    bool ended;
    for (int i = 0; i < 8; i++) {
        fds[i] = visit();
        turn(2);
    }
    fds[8] = visit();
    SAY(fds[8], "GET /late HTTP/1.1\r\n" HOST "\r\n");
    assert_int_equal(hear(fds[8], NULL).len, 0);
    SAY(fds[0], "GET /first HTTP/1.1\r\n" HOST "\r\n");
    assert_true(has(hear(fds[0], NULL), "</first|>"));
    now_ms += 1500;
    SAY(fds[0], "GET /first HTTP/1.1\r\n" HOST "\r\n");
    turn(6);
    assert_true(has(hear(fds[8], NULL), "</late|>"));
    assert_true(hear(fds[1], &ended).len == 0 && ended);
    assert_true(has(hear(fds[0], &ended), "</first|>") && !ended);
    assert_int_equal(server_counts(server).connections_most, 8);
    for (int i = 0; i < 9; i++)
        close(fds[i]);
}

static void out_of_descriptors_the_door_is_tried_again_in_a_second(void **state)
{
    (void)state;
    struct rlimit before, none;
    int first = visit();
    SAY(first, "GET /a HTTP/1.1\r\n" HOST "\r\n");
    hear(first, NULL);
    int second = visit();
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    none = (struct rlimit){ (rlim_t)second + 1, before.rlim_max };
    say_least(SAY_ERROR); /* the warning that this gives is not for here */
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    SAY(second, "GET /b HTTP/1.1\r\n" HOST "\r\n");
    SAY(first, "GET /a HTTP/1.1\r\n" HOST "\r\n");
    assert_true(has(hear(first, NULL), "</a|>"));
    assert_int_equal(hear(second, NULL).len, 0);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    now_ms += 1000;
    turn(4);
    assert_true(has(hear(second, NULL), "</b|>"));
    say_least(SAY_INFO);
    close(first);
    close(second);
}

static void stop_and_answer(void *with)
{
    (void)with;
    if (held_count == 1) {
        answer_text(held[0], STR("last words"));
        held_count = 0;
    }
}

static void stopping_answers_what_is_open_and_ends(void **state)
{
    (void)state;
    bool ended;
    int fd = visit(), idle = visit();
    turn(3);
    SAY(fd, "GET /hold HTTP/1.1\r\n" HOST "\r\n");
    server_each_round(server, stop_and_answer, NULL);
    server_stop(server);
    server_run(server);
    struct str answer = hear(fd, &ended);
    assert_true(has(answer, "last words") && has(answer, "Connection: close") && ended);
    hear(idle, &ended);
    assert_true(ended);
    close(fd);
    close(idle);
}

static int ticks;

static void tick(void *with)
{
    (void)with;
    ticks++;
}

static void each_second_there_is_one_tick(void **state)
{
    (void)state;
    server_every_second(server, tick, NULL);
    for (int i = 0; i < 50; i++) {
        now_ms += 100;
        turn(1);
    }
    assert_in_range(ticks, 4, 5);
}

#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        T(a_request_is_answered_and_the_connection_kept),
        T(head_and_unchanged_have_no_body),
        T(old_http_is_answered_and_closed),
        T(a_request_in_drops_is_whole_in_the_end),
        T(pipelined_requests_are_answered_in_order_also_when_the_first_is_answered_later),
        T(a_thousand_pipelined_requests_get_a_thousand_answers),
        T(an_exchange_outlives_the_client_who_left),
        T(a_client_that_only_stopped_talking_still_hears_the_answer),
        T(a_slow_head_is_refused_after_its_time_even_when_drops_keep_coming),
        T(a_slow_body_is_refused_after_its_time),
        T(an_idle_connection_is_closed_without_a_word),
        T(one_who_does_not_take_the_answer_is_let_go),
        T(one_who_takes_it_slowly_gets_all_of_it),
        T(a_body_that_is_too_large_gets_an_answer_that_can_be_read),
        T(chunks_past_the_limit_are_refused_too),
        T(bodies_of_every_kind_arrive_whole),
        T(long_heads_work_up_to_the_limit),
        T(a_client_that_waits_is_told_to_continue),
        T(what_is_wrong_is_refused_with_its_status_and_closed),
        T(a_target_that_is_too_long_is_refused),
        T(the_peer_is_who_our_own_proxy_says),
        T(when_full_the_longest_idle_makes_room),
        T(out_of_descriptors_the_door_is_tried_again_in_a_second),
        T(stopping_answers_what_is_open_and_ends),
        T(each_second_there_is_one_tick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
