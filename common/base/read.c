/* SPDX-License-Identifier: MIT */
#include "base/read.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

ssize_t read_some(int fd, char *to, size_t size)
{
    ssize_t n;

    while ((n = read(fd, to, size)) < 0) {
        if (errno == EAGAIN)
            poll(&(struct pollfd){ .fd = fd, .events = POLLIN }, 1, -1);
        else if (errno != EINTR)
            break;
    }
    return n;
}
