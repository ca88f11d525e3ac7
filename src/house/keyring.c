#include "house/keyring.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/disk.h"
#include "base/memory.h"

/* Keys in use stay opened for a while: a look must not cost a read of vault.db each time. */
enum { CACHE = 4096 };

struct cached {
    struct id owner;
    struct seal_key key;
};

struct keyring {
    struct seal_key instance;
    struct secrets *secrets;
    struct cached cache[CACHE];
};

static bool make_file(struct arena *arena, const char *path, const char **why)
{
    struct seal_key fresh = seal_key_new();
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 || !disk_write(fd, fresh.b, sizeof fresh.b, 0)) {
        *why = str_print(arena, "%s cannot be written: %s", path, strerror(errno)).at;
        if (fd >= 0)
            close(fd);
        return false;
    }
    disk_sync(fd);
    close(fd);
    seal_key_forget(&fresh);
    return true;
}

static bool read_file(struct arena *arena, const char *path, struct seal_key *key, const char **why)
{
    struct stat st;
    uint8_t bytes[SEAL_KEY_BYTES + 1];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && fstat(fd, &st) == 0;
    if (!good)
        *why = str_print(arena, "the instance key %s cannot be read: %s", path, strerror(errno)).at;
    else if (st.st_mode & 077) {
        *why =
            str_print(arena, "the instance key %s is open to others; make it mode 0600", path).at;
        good = false;
    } else if (read(fd, bytes, sizeof bytes) != SEAL_KEY_BYTES) {
        *why = str_print(arena, "the instance key %s is not 32 bytes long", path).at;
        good = false;
    } else
        memcpy(key->b, bytes, sizeof key->b);
    explicit_bzero(bytes, sizeof bytes);
    if (fd >= 0)
        close(fd);
    return good;
}

struct keyring *keyring_open(struct arena *arena, const char *path, bool may_make,
                             struct secrets *secrets, const char **why)
{
    struct keyring *keyring = memory_new(1, sizeof *keyring);
    keyring->secrets = secrets;
    if (may_make && access(path, F_OK) != 0 && !make_file(arena, path, why)) {
        memory_free(keyring);
        return NULL;
    }
    if (!read_file(arena, path, &keyring->instance, why)) {
        memory_free(keyring);
        return NULL;
    }
    return keyring;
}

void keyring_close(struct keyring *keyring)
{
    if (!keyring)
        return;
    explicit_bzero(keyring, sizeof *keyring);
    memory_free(keyring);
}

static struct seal_about about_key(struct id owner)
{
    return (struct seal_about){ .subject = owner, .purpose = STR("owner key") };
}

static struct cached *slot(struct keyring *keyring, struct id owner)
{
    size_t at = ((size_t)owner.b[0] | (size_t)owner.b[1] << 8) % CACHE; /* ids are random */
    return &keyring->cache[at];
}

struct seal_key keyring_make(struct keyring *keyring, struct arena *arena, struct id owner)
{
    struct seal_key key = seal_key_new();
    struct seal_about about = about_key(owner);
    struct str plain = { (const char *)key.b, sizeof key.b };
    secrets_keep(keyring->secrets, SECRET_KEY, owner,
                 seal_close(arena, &keyring->instance, &about, plain));
    return key;
}

bool keyring_find(struct keyring *keyring, struct arena *arena, struct id owner,
                  struct seal_key *key)
{
    struct cached *cached = slot(keyring, owner);
    struct str wrapped, plain;
    if (id_is(cached->owner, owner) && !id_is_none(owner)) {
        *key = cached->key;
        return true;
    }
    struct seal_about about = about_key(owner);
    if (!secrets_get(keyring->secrets, arena, SECRET_KEY, owner, &wrapped) ||
        !seal_open(arena, &keyring->instance, &about, wrapped, &plain) ||
        plain.len != sizeof key->b)
        return false;
    memcpy(key->b, plain.at, sizeof key->b);
    *cached = (struct cached){ owner, *key };
    return true;
}

void keyring_drop(struct keyring *keyring, struct id owner)
{
    struct cached *cached = slot(keyring, owner);
    if (id_is(cached->owner, owner))
        explicit_bzero(cached, sizeof *cached);
    secrets_drop(keyring->secrets, SECRET_KEY, owner);
}

struct seal_key keyring_own(const struct keyring *keyring, struct str purpose)
{
    return key_derive(&keyring->instance, purpose);
}
