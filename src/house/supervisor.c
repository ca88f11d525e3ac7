#include "house/supervisor.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "house/front.h"
#include "house/link.h"
#include "house/vault_process.h"

enum { FRONTS = 16, TOO_SOON = 1000, TOO_OFTEN = 10, BACKLOG = 1024 };

struct child {
    pid_t pid;
    int control;
    int64_t started;
    int quick_falls;
};

struct supervisor {
    const struct config *config;
    int listen_fd;
    _Atomic uint64_t *commits;
    struct child vault, fronts[FRONTS];
    size_t front_count;
};

static volatile sig_atomic_t stopping;

static void on_signal(int signal)
{
    (void)signal;
    stopping = 1;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool parse_listen(struct str listen_at, struct sockaddr_in *to)
{
    char text[64];
    int64_t port;
    size_t colon = listen_at.len;
    while (colon > 0 && listen_at.at[colon - 1] != ':')
        colon--;
    if (colon == 0 || colon >= sizeof text || !str_number(str_from(listen_at, colon), &port) ||
        port < 0 || port > 65535)
        return false;
    memcpy(text, listen_at.at, colon - 1);
    text[colon - 1] = 0;
    *to = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    return inet_pton(AF_INET, text, &to->sin_addr) == 1;
}

static int open_listener(const struct config *config)
{
    struct sockaddr_in to;
    int yes = 1, fd;
    if (!parse_listen(config->listen, &to)) {
        say(SAY_ERROR, "listen: expected an address and a port, like 127.0.0.1:8080, not '%.*s'",
            STR_FMT(config->listen));
        return -1;
    }
    fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, (struct sockaddr *)&to, sizeof to) != 0 || listen(fd, BACKLOG) != 0) {
        say(SAY_ERROR, "cannot serve on %.*s: %s", STR_FMT(config->listen), strerror(errno));
        close(fd);
        return -1;
    }
    return fd;
}

static void close_others(struct supervisor *s, const struct child *mine)
{
    if (&s->vault != mine && s->vault.control > 0)
        close(s->vault.control);
    for (size_t i = 0; i < s->front_count; i++)
        if (&s->fronts[i] != mine && s->fronts[i].control > 0)
            close(s->fronts[i].control);
}

static void child_signals(void)
{
    signal(SIGTERM, SIG_IGN); /* the supervisor tells us, in the right order */
    signal(SIGINT, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_DUMPABLE, 0);
}

/* Forks a child with a control socket; in the child it runs and never returns. */
static bool start(struct supervisor *s, struct child *child, int number)
{
    static const char *const names[FRONTS + 1] = { "vault",    "front 1",  "front 2",  "front 3",
                                                   "front 4",  "front 5",  "front 6",  "front 7",
                                                   "front 8",  "front 9",  "front 10", "front 11",
                                                   "front 12", "front 13", "front 14", "front 15",
                                                   "front 16" };
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return false;
    child->started = now_ms();
    child->pid = fork();
    if (child->pid < 0)
        return false;
    if (child->pid > 0) {
        close(pair[1]);
        child->control = pair[0];
        return true;
    }
    close(pair[0]);
    child_signals();
    say_from(names[number]);
    close_others(s, child);
    if (number == 0) {
        close(s->listen_fd);
        _exit(vault_run(s->config, pair[1], s->commits));
    }
    struct front_start begin = { .config = s->config,
                                 .listen_fd = s->listen_fd,
                                 .control_fd = pair[1],
                                 .number = number,
                                 .commits = s->commits };
    _exit(front_run(&begin));
}

static bool vault_ready(struct supervisor *s)
{
    char letter = 0;
    struct pollfd polled = { .fd = s->vault.control, .events = POLLIN };
    while (poll(&polled, 1, 30000) < 0 && errno == EINTR && !stopping)
        ;
    return recv(s->vault.control, &letter, 1, MSG_DONTWAIT) == 1 && letter == 'r';
}

/* A fresh pair of sockets between one front and the vault. */
static void join(struct supervisor *s, struct child *front)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return;
    int room = 1024 * 1024;
    for (int i = 0; i < 2; i++)
        setsockopt(pair[i], SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    link_send_fd(s->vault.control, 'l', pair[0]);
    link_send_fd(front->control, 'l', pair[1]);
    close(pair[0]);
    close(pair[1]);
}

static bool start_all(struct supervisor *s)
{
    if (!start(s, &s->vault, 0) || !vault_ready(s))
        return false;
    for (size_t i = 0; i < s->front_count; i++) {
        if (!start(s, &s->fronts[i], (int)i + 1))
            return false;
        join(s, &s->fronts[i]);
    }
    return true;
}

/* False when it falls again and again: then something is wrong that a restart does not mend. */
static bool start_again(struct supervisor *s, struct child *child, int number)
{
    child->quick_falls = now_ms() - child->started < TOO_SOON ? child->quick_falls + 1 : 0;
    close(child->control);
    if (child->quick_falls >= TOO_OFTEN) {
        say(SAY_ERROR, "it fell %d times in a row; giving up", child->quick_falls);
        return false;
    }
    if (child->quick_falls > 1)
        usleep(100000);
    if (!start(s, child, number))
        return false;
    if (number > 0) {
        join(s, child);
        return true;
    }
    if (!vault_ready(s))
        return true; /* it fell once more: the next round sees it */
    for (size_t i = 0; i < s->front_count; i++)
        join(s, &s->fronts[i]);
    return true;
}

static bool mend(struct supervisor *s, pid_t fallen, int status)
{
    int number = fallen == s->vault.pid ? 0 : -1;
    struct child *child = &s->vault;
    for (size_t i = 0; i < s->front_count; i++)
        if (fallen == s->fronts[i].pid) {
            number = (int)i + 1;
            child = &s->fronts[i];
        }
    if (number < 0)
        return true;
    if (WIFSIGNALED(status))
        say(SAY_WARNING, "%s was ended by signal %d; starting it again",
            number ? "a front" : "the vault", WTERMSIG(status));
    else
        say(SAY_WARNING, "%s ended with status %d; starting it again",
            number ? "a front" : "the vault", WEXITSTATUS(status));
    return start_again(s, child, number);
}

static void stop_child(struct child *child)
{
    if (child->pid <= 0)
        return;
    close(child->control);
    for (int tries = 0; tries < 500; tries++) {
        if (waitpid(child->pid, NULL, WNOHANG) != 0)
            return;
        usleep(10000);
    }
    kill(child->pid, SIGKILL);
    waitpid(child->pid, NULL, 0);
}

int supervisor_run(const struct config *config, void (*ready)(const struct config *config))
{
    static struct supervisor s;
    struct sigaction action = { .sa_handler = on_signal };
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    s = (struct supervisor){ .config = config, .front_count = (size_t)config->fronts };
    s.commits = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    s.listen_fd = open_listener(config);
    if (s.listen_fd < 0 || s.commits == MAP_FAILED)
        return 2;
    bool good = start_all(&s);
    if (good)
        ready(config);
    while (good && !stopping) {
        int status;
        pid_t fallen = waitpid(-1, &status, 0);
        if (fallen > 0 && !stopping)
            good = mend(&s, fallen, status);
    }
    close(s.listen_fd);
    for (size_t i = 0; i < s.front_count; i++)
        stop_child(&s.fronts[i]);
    stop_child(&s.vault);
    return good ? 0 : 70;
}
