#include "house/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"

/* Debian 12's header ends at ABI 2; the kernel is asked what it knows, and the bits are stable. */
enum {
    FS_REFER = 1 << 13,    /* ABI 2 */
    FS_TRUNCATE = 1 << 14, /* ABI 3 */
    FS_IOCTL = 1 << 15,    /* ABI 5 */
    FS_ALL_1 = (1 << 13) - 1,
    NET_BIND = 1 << 0, /* ABI 4 */
    NET_CONNECT = 1 << 1,
    SCOPE_ABSTRACT = 1 << 0, /* ABI 6 */
    SCOPE_SIGNAL = 1 << 1
};

struct ruleset {
    uint64_t files, network, scoped;
};

#define READS  (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITES (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE)

static int landlock_abi(void)
{
    return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

static int new_ruleset(int abi, uint64_t *files)
{
    struct ruleset rules = { .files = FS_ALL_1 };
    size_t size = sizeof rules.files;
    if (abi >= 2)
        rules.files |= FS_REFER;
    if (abi >= 3)
        rules.files |= FS_TRUNCATE;
    if (abi >= 5)
        rules.files |= FS_IOCTL;
    if (abi >= 4) {
        rules.network = NET_BIND | NET_CONNECT;
        size = offsetof(struct ruleset, scoped);
    }
    if (abi >= 6) {
        rules.scoped = SCOPE_ABSTRACT | SCOPE_SIGNAL;
        size = sizeof rules;
    }
    *files = rules.files;
    return (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
}

static bool allow(int ruleset, const char *path, uint64_t access)
{
    struct landlock_path_beneath_attr beneath = { .allowed_access = access };
    beneath.parent_fd = open(path, O_PATH | O_CLOEXEC);
    if (beneath.parent_fd < 0)
        return false;
    long result = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
    close(beneath.parent_fd);
    return result == 0;
}

static bool front_files(int ruleset, const struct config *config, struct arena *arena)
{
    return allow(ruleset, config_path(config, arena, "nabij.db"), LANDLOCK_ACCESS_FS_READ_FILE) &&
           allow(ruleset, config_path(config, arena, "nabij.db-wal"),
                 LANDLOCK_ACCESS_FS_READ_FILE) &&
           allow(ruleset, config_path(config, arena, "nabij.db-shm"), WRITES) &&
           allow(ruleset, config_path(config, arena, "log"), READS);
}

static bool vault_files(int ruleset, const struct config *config, struct arena *arena,
                        uint64_t files)
{
    uint64_t not_needed = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                          LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SOCK |
                          LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_SYM;
    return allow(ruleset, str_zero(arena, config->data), files & ~not_needed);
}

static bool confine_files(const struct config *config, struct arena *arena, bool vault)
{
    uint64_t files;
    int abi = landlock_abi();
    if (abi < 1) {
        say(SAY_WARNING, "this kernel has no Landlock: files are not confined");
        return true;
    }
    int ruleset = new_ruleset(abi, &files);
    bool good = ruleset >= 0 && (vault ? vault_files(ruleset, config, arena, files)
                                       : front_files(ruleset, config, arena));
    good = good && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    if (!good)
        say(SAY_ERROR, "Landlock refused: %s", strerror(errno));
    if (ruleset >= 0)
        close(ruleset);
    return good;
}

#define CALL(name) SCMP_SYS(name)

static const int both[] = {
    CALL(read),
    CALL(write),
    CALL(readv),
    CALL(writev),
    CALL(pread64),
    CALL(recvfrom),
    CALL(sendto),
    CALL(recvmsg),
    CALL(sendmsg),
    CALL(close),
    CALL(fstat),
    CALL(newfstatat),
    CALL(stat),
    CALL(lstat),
    CALL(lseek),
    CALL(access),
    CALL(faccessat),
    CALL(faccessat2),
    CALL(openat),
    CALL(open),
    CALL(fcntl),
    CALL(mmap),
    CALL(munmap),
    CALL(mremap),
    CALL(mprotect),
    CALL(madvise),
    CALL(brk),
    CALL(futex),
    CALL(clock_gettime),
    CALL(gettimeofday),
    CALL(time),
    CALL(getpid),
    CALL(gettid),
    CALL(getuid),
    CALL(geteuid),
    CALL(getrandom),
    CALL(rt_sigreturn),
    CALL(rt_sigaction),
    CALL(rt_sigprocmask),
    CALL(sigaltstack),
    CALL(exit),
    CALL(exit_group),
    CALL(poll),
    CALL(ppoll),
    CALL(nanosleep),
    CALL(clock_nanosleep),
    CALL(sched_yield),
    CALL(getrusage),
    CALL(restart_syscall),
    CALL(tgkill),
    CALL(setsockopt),
    CALL(uname),
    CALL(getcwd),
    CALL(readlink),
    CALL(sysinfo),
    CALL(prlimit64),
};

static const int front_only[] = {
    CALL(accept4),       CALL(epoll_wait),  CALL(epoll_pwait), CALL(epoll_ctl),
    CALL(epoll_create1), CALL(getpeername), CALL(shutdown),    CALL(getsockopt),
};

static const int vault_only[] = {
    CALL(pwrite64),   CALL(fsync),     CALL(fdatasync), CALL(ftruncate), CALL(unlink),
    CALL(unlinkat),   CALL(rename),    CALL(renameat),  CALL(renameat2), CALL(mkdir),
    CALL(fchmod),     CALL(fchown),    CALL(fallocate), CALL(flock),     CALL(sync_file_range),
    CALL(getdents64), CALL(utimensat), CALL(chmod),     CALL(fadvise64), CALL(umask),
};

#ifdef NABIJ_SANITIZED
static const int sanitizer_too[] = {
    CALL(rt_sigtimedwait),
    CALL(clone),
    CALL(clone3),
    CALL(wait4),
    CALL(prctl),
    CALL(ptrace),
    CALL(arch_prctl),
    CALL(process_vm_readv),
    CALL(getppid),
    CALL(kill),
    CALL(rseq),
    CALL(pipe2),
    CALL(sched_getaffinity),
    CALL(set_robust_list),
    CALL(getdents64),
    CALL(readlinkat),
};
#endif

static bool add_all(scmp_filter_ctx filter, const int *calls, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0) != 0)
            return false;
    return true;
}

#define ADD(filter, list) add_all((filter), (list), sizeof(list) / sizeof *(list))

static bool confine_calls(bool vault)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    bool good =
        filter && ADD(filter, both) && (vault ? ADD(filter, vault_only) : ADD(filter, front_only));
#ifdef NABIJ_SANITIZED
    good = good && ADD(filter, sanitizer_too);
#endif
    good = good && seccomp_load(filter) == 0;
    if (!good)
        say(SAY_ERROR, "seccomp refused to confine this process");
    seccomp_release(filter);
    return good;
}

bool sandbox_front(const struct config *config, struct arena *arena)
{
    return confine_files(config, arena, false) && confine_calls(false);
}

bool sandbox_vault(const struct config *config, struct arena *arena)
{
    return confine_files(config, arena, true) && confine_calls(true);
}
