/* vfs.h - SQLite's own writes and syncs, announced to base/disk.h before they happen. */
#ifndef NABIJ_DB_VFS_H
#define NABIJ_DB_VFS_H

#define VFS_NAME "nabij"

void vfs_register(void);

#endif
