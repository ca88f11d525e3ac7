#include "db/vfs.h"

#include <sqlite3.h>
#include <string.h>

#include "base/disk.h"

/* A thin layer over SQLite's Unix files. Each open file is ours in front and theirs behind. */
struct watched {
    sqlite3_file base;
    sqlite3_file *real; /* in the same block, after this struct */
    const char *path;   /* SQLite keeps it for as long as the file is open */
};

static sqlite3_vfs *unix_vfs;

static sqlite3_file *real(sqlite3_file *file)
{
    return ((struct watched *)file)->real;
}

static const char *path_of(sqlite3_file *file)
{
    const char *path = ((struct watched *)file)->path;
    return path ? path : "";
}

static int close_file(sqlite3_file *file)
{
    return real(file)->pMethods->xClose(real(file));
}

static int read_file(sqlite3_file *file, void *to, int amount, sqlite3_int64 offset)
{
    return real(file)->pMethods->xRead(real(file), to, amount, offset);
}

static int write_file(sqlite3_file *file, const void *from, int amount, sqlite3_int64 offset)
{
    disk_about_to_at('w', path_of(file), (uint64_t)offset, (size_t)amount);
    return real(file)->pMethods->xWrite(real(file), from, amount, offset);
}

static int truncate_file(sqlite3_file *file, sqlite3_int64 size)
{
    disk_about_to_at('w', path_of(file), (uint64_t)size, 0);
    return real(file)->pMethods->xTruncate(real(file), size);
}

static int sync_file(sqlite3_file *file, int flags)
{
    disk_about_to_at('s', path_of(file), 0, 0);
    return real(file)->pMethods->xSync(real(file), flags);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return real(file)->pMethods->xFileSize(real(file), size);
}

static int lock_file(sqlite3_file *file, int level)
{
    return real(file)->pMethods->xLock(real(file), level);
}

static int unlock_file(sqlite3_file *file, int level)
{
    return real(file)->pMethods->xUnlock(real(file), level);
}

static int check_lock(sqlite3_file *file, int *held)
{
    return real(file)->pMethods->xCheckReservedLock(real(file), held);
}

static int control(sqlite3_file *file, int op, void *arg)
{
    return real(file)->pMethods->xFileControl(real(file), op, arg);
}

static int sector_size(sqlite3_file *file)
{
    return real(file)->pMethods->xSectorSize(real(file));
}

static int characteristics(sqlite3_file *file)
{
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

static int shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **to)
{
    return real(file)->pMethods->xShmMap(real(file), page, size, extend, to);
}

static int shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}

static void shm_barrier(sqlite3_file *file)
{
    real(file)->pMethods->xShmBarrier(real(file));
}

static int shm_unmap(sqlite3_file *file, int remove)
{
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2, /* no xFetch: nothing is mapped */
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = file_size,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = check_lock,
    .xFileControl = control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
};

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *got)
{
    (void)vfs;
    struct watched *watched = (struct watched *)file;
    memset(watched, 0, sizeof *watched);
    watched->real = (sqlite3_file *)(watched + 1);
    watched->path = name;
    int result = unix_vfs->xOpen(unix_vfs, name, watched->real, flags, got);
    if (watched->real->pMethods)
        watched->base.pMethods = &methods;
    return result;
}

void vfs_register(void)
{
    static sqlite3_vfs vfs;
    if (unix_vfs)
        return;
    unix_vfs = sqlite3_vfs_find(NULL);
    vfs = *unix_vfs;
    vfs.zName = VFS_NAME;
    vfs.pNext = NULL;
    vfs.szOsFile = (int)sizeof(struct watched) + unix_vfs->szOsFile;
    vfs.xOpen = open_file;
    sqlite3_vfs_register(&vfs, 0);
}
