/* SPDX-License-Identifier: MIT */
#include "base/write.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

bool write_all(int fd, struct span bytes)
{
    while (bytes.len > 0) {
        ssize_t n = write(fd, bytes.at, bytes.len);
        if (n >= 0) {
            bytes.at += n;
            bytes.len -= (size_t)n;
        } else if (errno == EAGAIN) {
            poll(&(struct pollfd){ .fd = fd, .events = POLLOUT }, 1, -1);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}
