/* SPDX-License-Identifier: MIT */
#include "output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "base/memory.h"
#include "base/signals.h"
#include "base/write.h"

void output_check(const char *path, const char *input)
{
    struct stat output;
    struct stat other;

    if (stat(path, &output) != 0)
        return;
    if (!S_ISREG(output.st_mode))
        die_usage("--output: %s is not a regular file", path);
    if (stat(input, &other) == 0 && other.st_dev == output.st_dev && other.st_ino == output.st_ino)
        die_usage("--output: %s is already in use", path);
}

/* The permissions that a new file gets, or those of the file it replaces. */
static mode_t find_mode(const char *path)
{
    struct stat status;
    mode_t mask = umask(0);

    umask(mask);
    return stat(path, &status) == 0 ? status.st_mode & 0777 : 0666 & ~mask;
}

/* Writes TEXT to FD and closes it. */
static bool write_file(int fd, struct span text, mode_t mode)
{
    bool is_written = write_all(fd, text) && fchmod(fd, mode) == 0;
    int error = errno;

    if (close(fd) != 0 && is_written)
        return false;
    errno = error;
    return is_written;
}

void xoutput_write(const char *path, struct span text)
{
    if (path == NULL) {
        if (!write_all(STDOUT_FILENO, text) || close(STDOUT_FILENO) != 0)
            die_errno("write error");
        return;
    }
    char *target = realpath(path, NULL); /* a symbolic link stays */
    size_t size = strlen(target != NULL ? target : path) + sizeof ".XXXXXX";
    char *part = xmalloc(size);
    snprintf(part, size, "%s.XXXXXX", target != NULL ? target : path);
    signals_block(); /* no part of a file stays */
    int fd = mkstemp(part);
    if (fd < 0)
        die_errno(path);
    if (!write_file(fd, text, find_mode(path)) || rename(part, target != NULL ? target : path) != 0) {
        int error = errno;
        unlink(part);
        die(STATUS_SYSTEM, "write error: %s: %s", path, strerror(error));
    }
    free(part);
    free(target);
}
