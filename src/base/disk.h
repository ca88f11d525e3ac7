/* disk.h - the one door to files that must survive: written in order, synced, or else exit.
 *
 * The look log writes through here, and the database through the same hooks (db/sqlite.c), so
 * that a test can stop the process at each write and each sync, or undo what was never synced.
 * A write or sync that fails is never tried again: the process says so and exits, because after
 * a failed fsync nobody knows what the disk holds. */
#ifndef NABIJ_BASE_DISK_H
#define NABIJ_BASE_DISK_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Writes all of it at `offset`, or exits (status 70). A full disk is the one exception: false,
 * with the file as it was (cut back to `offset` when it had grown). */
int disk_write(int fd, const void *bytes, size_t size, uint64_t offset);

/* fdatasync, or exit. */
void disk_sync(int fd);

/* Called just before each write (kind 'w') and each sync (kind 's'); for tests. For a write,
 * fd (-1 for the
 * database's files), offset and size say what is about to change. NULL = none. */
void disk_watch(void (*before)(char kind, int fd, uint64_t offset, size_t size));

/* During such a call: the path of the file that is about to change. */
const char *disk_watched_file(void);

/* For changes that go another way: a cut or a rename of our own (fd), and what SQLite itself
 * writes and syncs (path; db/vfs.c). */
void disk_about_to(char kind, int fd, uint64_t offset, size_t size);
void disk_about_to_at(char kind, const char *path, uint64_t offset, size_t size);

#endif
