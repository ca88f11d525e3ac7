#include "house/vault_process.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "house/call.h"
#include "house/link.h"
#include "house/sandbox.h"
#include "house/vault.h"

enum { LINKS = 32, WORK_ARENA = 256 * 1024 * 1024, REST_AFTER = 50, READ_AT_ONCE = 256 * 1024 };

struct peer {
    int fd;
    struct out incoming;
    size_t taken; /* bytes of incoming that are calls of the present batch */
};

struct work {
    struct vault *vault;
    struct arena *arena;
    struct peer peers[LINKS];
    size_t peer_count;
    struct call calls[VAULT_BATCH];
    struct reply replies[VAULT_BATCH];
    uint64_t numbers[VAULT_BATCH];
    size_t from[VAULT_BATCH]; /* which peer */
    size_t count;
    struct out packed, framed;
};

static void drop_peer(struct work *work, size_t i)
{
    close(work->peers[i].fd);
    work->peers[i].fd = -1;
}

static void forget_dropped(struct work *work)
{
    size_t kept = 0;
    for (size_t i = 0; i < work->peer_count; i++) {
        if (work->peers[i].fd >= 0)
            work->peers[kept++] = work->peers[i];
        else
            out_close(&work->peers[i].incoming);
    }
    work->peer_count = kept;
}

static bool read_peer(struct work *work, size_t i)
{
    struct peer *peer = &work->peers[i];
    for (;;) {
        char *room = out_room(&peer->incoming, READ_AT_ONCE);
        if (!room)
            return true; /* enough for now */
        ssize_t got = recv(peer->fd, room, READ_AT_ONCE, MSG_DONTWAIT);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return true;
        if (got <= 0)
            return false;
        peer->incoming.len += (size_t)got;
        if (got < READ_AT_ONCE)
            return true;
    }
}

/* Takes whole calls off what a peer has sent, as many as the batch still holds. */
static bool take_calls(struct work *work, size_t i)
{
    struct peer *peer = &work->peers[i];
    struct str stream = out_str(&peer->incoming), bytes;
    bool bad = false;
    uint64_t number;
    while (work->count < VAULT_BATCH && frame_take(&stream, CALL_BYTES, &number, &bytes, &bad)) {
        if (!call_unpack(work->arena, bytes, &work->calls[work->count]))
            return false;
        work->numbers[work->count] = number;
        work->from[work->count++] = i;
    }
    peer->taken = peer->incoming.len - stream.len;
    return !bad;
}

static bool send_all(int fd, struct str bytes)
{
    while (bytes.len) {
        ssize_t wrote = send(fd, bytes.at, bytes.len, MSG_NOSIGNAL);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return false;
        bytes = str_from(bytes, (size_t)wrote);
    }
    return true;
}

static void send_replies(struct work *work, size_t peer)
{
    out_clear(&work->framed);
    for (size_t i = 0; i < work->count; i++) {
        if (work->from[i] != peer || work->numbers[i] == 0)
            continue;
        out_clear(&work->packed);
        reply_pack(&work->packed, &work->replies[i]);
        if (work->packed.overflow) {
            struct reply broken = { .outcome = BROKEN };
            out_clear(&work->packed);
            reply_pack(&work->packed, &broken);
        }
        frame_pack(&work->framed, work->numbers[i], out_str(&work->packed));
    }
    if (work->peers[peer].fd >= 0 && !send_all(work->peers[peer].fd, out_str(&work->framed)))
        drop_peer(work, peer);
}

/* Moves on past the calls of this batch; what came after them waits for the next one. */
static void done_with(struct peer *peer)
{
    memmove(peer->incoming.at, peer->incoming.at + peer->taken, peer->incoming.len - peer->taken);
    peer->incoming.len -= peer->taken;
    peer->taken = 0;
}

static bool one_batch(struct work *work)
{
    work->count = 0;
    for (size_t i = 0; i < work->peer_count; i++)
        if (work->peers[i].incoming.len && !take_calls(work, i)) {
            say(SAY_ERROR, "a front sent something that is not a call; its link is closed");
            drop_peer(work, i);
        }
    if (work->count == 0)
        return false;
    vault_work(work->vault, work->arena, work->calls, work->count, work->replies);
    for (size_t i = 0; i < work->peer_count; i++) {
        send_replies(work, i);
        if (work->peers[i].taken)
            done_with(&work->peers[i]);
    }
    arena_reset(work->arena);
    return true;
}

static void add_peer(struct work *work, int fd)
{
    if (work->peer_count == LINKS) {
        close(fd);
        return;
    }
    struct timeval patience = { .tv_sec = 5 };
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    struct peer *peer = &work->peers[work->peer_count++];
    *peer = (struct peer){ .fd = fd };
    out_open(&peer->incoming, (size_t)4 * CALL_BYTES);
}

/* False: the supervisor wants us to stop. */
static bool wait_and_read(struct work *work, int control_fd)
{
    struct pollfd polled[LINKS + 1];
    polled[0] = (struct pollfd){ .fd = control_fd, .events = POLLIN };
    for (size_t i = 0; i < work->peer_count; i++)
        polled[i + 1] = (struct pollfd){ .fd = work->peers[i].fd, .events = POLLIN };
    int ready = poll(polled, work->peer_count + 1, REST_AFTER);
    if (ready == 0)
        vault_rest(work->vault);
    if (ready <= 0)
        return true;
    for (size_t i = 0; i < work->peer_count; i++)
        if (polled[i + 1].revents && !read_peer(work, i))
            drop_peer(work, i);
    if (polled[0].revents) {
        int fd;
        switch (link_receive_fd(control_fd, &fd)) {
        case LINK_FD:
            add_peer(work, fd);
            break;
        case LINK_CLOSED:
            return false;
        case LINK_NOTHING:
            break;
        }
    }
    return true;
}

int vault_run(const struct config *config, int control_fd, _Atomic uint64_t *commits)
{
    static struct work work;
    const char *why = "";
    struct arena *arena = arena_new(16 * 1024 * 1024);
    work.vault = vault_open(arena, config, true, &why);
    if (!work.vault) {
        say(SAY_ERROR, "%s", why);
        return 2;
    }
    vault_count_commits(work.vault, commits);
    work.arena = arena_new(WORK_ARENA);
    out_open(&work.packed, REPLY_BYTES);
    out_open(&work.framed, (size_t)VAULT_BATCH * REPLY_BYTES);
    if (!sandbox_vault(config, arena) || !link_send_fd(control_fd, 'r', -1))
        return 70;
    size_t batches = 0;
    while (wait_and_read(&work, control_fd)) {
        while (one_batch(&work)) {
            forget_dropped(&work);
            if (++batches % 64 == 0)
                vault_rest(work.vault); /* also when there never is a quiet moment */
        }
        forget_dropped(&work);
    }
    vault_close(work.vault);
    return 0;
}
