/* http_bare.c - the HTTP core alone: two processes, one listening socket, one fixed page of so
 * many bytes. What stands between this and a real page is what nabij itself costs.
 *
 * Use: http_bare PORT [BYTES [PROCESSES]]     (6144 bytes and 2 processes when not said) */
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "web/server.h"

static struct answer page = { .status = 200,
                              .content_type = STR_INIT("text/html; charset=utf-8"),
                              .headers = STR_INIT("X-Content-Type-Options: nosniff\r\n") };

static void on_request(struct exchange *exchange, void *with)
{
    (void)with;
    exchange_answer(exchange, &page);
}

static int listen_on(uint16_t port)
{
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_port = htons(port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), yes = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof at) != 0 || listen(fd, 4096) != 0) {
        perror("http_bare: listen");
        exit(1);
    }
    return fd;
}

static void serve(int fd)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    struct server_settings settings = { .listen_fd = fd,
                                        .connections = 20000,
                                        .body_limit = 1024 * 1024,
                                        .head_seconds = 10,
                                        .body_seconds = 60,
                                        .idle_seconds = 60,
                                        .answer_seconds = 30,
                                        .on_request = on_request };
    struct server *server = server_open(&settings);
    server_run(server);
    server_close(server);
    _exit(0);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "use: http_bare PORT [BYTES [PROCESSES]]\n");
        return 2;
    }
    size_t bytes = argc > 2 ? strtoul(argv[2], NULL, 10) : 6144;
    int processes = argc > 3 ? atoi(argv[3]) : 2;
    char *text = memory_new(bytes, 1);
    memset(text, 'n', bytes);
    page.body = (struct str){ text, bytes };
    int fd = listen_on((uint16_t)strtoul(argv[1], NULL, 10));
    for (int i = 0; i < processes; i++)
        if (fork() == 0)
            serve(fd);
    while (wait(NULL) > 0)
        ;
    return 0;
}
