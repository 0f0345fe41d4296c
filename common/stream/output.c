/* SPDX-License-Identifier: MIT */
#include "stream/output.h"

#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"

/*
 * Whether the file STATUS, open as FD, is also a standard descriptor or one that the program has opened, which does so
 * with FD_CLOEXEC: those inherited have none. A new descriptor is the lowest that is free, so these stand below it.
 */
static bool is_in_use(const struct stat *status, int fd)
{
    struct stat other;

    for (int i = 0; i < fd; i++)
        if ((i <= STDERR_FILENO || (fcntl(i, F_GETFD) & FD_CLOEXEC) != 0) && fstat(i, &other) == 0 &&
            other.st_dev == status->st_dev && other.st_ino == status->st_ino)
            return true;
    return false;
}

void xoutput_open(struct writer *w, const struct stream_options *options, const char *name, const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    struct stat status;

    if (fd < 0 || fstat(fd, &status) != 0)
        die_errno(path);
    if (S_ISREG(status.st_mode)) {
        if (is_in_use(&status, fd))
            die_usage(options, "--%s: %s is read or written already", name, path);
        if (ftruncate(fd, 0) != 0)
            die_errno(path);
    }
    writer_open(w, fd, path);
}
