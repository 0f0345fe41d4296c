/* SPDX-License-Identifier: MIT */
#include "fence.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/die.h"
#include "base/read.h"
#include "base/signals.h"

enum {
    CHUNK = 1 << 16,
    MOST = 64 << 20,
    FREE_FD = 50, /* above all descriptors of the commands */
    BY_SIGNAL = 128,
    NOT_FOUND = 127,
};

static const int targets[FENCE_STREAMS] = { STDOUT_FILENO, STDERR_FILENO, FENCE_FD_NOTES, FENCE_FD_SOURCES,
                                            FENCE_FD_PICTURES };

static volatile pid_t running; /* the group of processes that stop() must end; 0: none */

static void stop(int number)
{
    if (running > 0)
        kill(-running, number);
    signals_end(number);
}

/* In the child: runs ARGV in DIRECTORY with WRITE_ENDS as its outputs. */
static _Noreturn void execute(const char *directory, char *const *argv, const int write_ends[FENCE_STREAMS])
{
    int input = open("/dev/null", O_RDONLY);
    int terminal = open("/dev/tty", O_RDONLY | O_CLOEXEC);

    /* Without a terminal, a command that asks for a password fails. In the background of one, it would stop for ever. */
    if (terminal >= 0)
        ioctl(terminal, TIOCNOTTY);
    setpgid(0, 0);
    dup2(input, STDIN_FILENO);
    for (int i = 0; i < FENCE_STREAMS; i++)
        dup2(write_ends[i], targets[i]);
    dup2(STDOUT_FILENO, FENCE_FD_RECORDS);
    signal(SIGXFSZ, SIG_DFL); /* options_parse() ignores it, and the commands would inherit that */
    if (chdir(directory) != 0)
        warn("%s: %s", directory, strerror(errno));
    else if (execvp(argv[0], argv) != 0)
        warn("%s: %s", argv[0], strerror(errno));
    _exit(NOT_FOUND);
}

/* Starts ARGV in DIRECTORY. Sets PIPES to the ends to read from. */
static pid_t start(const char *directory, char *const *argv, struct pollfd pipes[FENCE_STREAMS])
{
    int write_ends[FENCE_STREAMS];
    int ends[2];

    for (int i = 0; i < FENCE_STREAMS; i++) {
        if (pipe2(ends, O_CLOEXEC) != 0 || (write_ends[i] = fcntl(ends[1], F_DUPFD_CLOEXEC, FREE_FD)) < 0)
            die_errno(argv[0]);
        close(ends[1]);
        pipes[i] = (struct pollfd){ .fd = ends[0], .events = POLLIN };
    }
    signal(SIGCHLD, SIG_DFL); /* if ignored, it would hide the status of the commands */
    pid_t pid = fork();
    if (pid < 0)
        die_errno(argv[0]);
    if (pid == 0)
        execute(directory, argv, write_ends);
    setpgid(pid, pid); /* also here, before a signal can come */
    running = pid;
    signals_catch(stop);
    for (int i = 0; i < FENCE_STREAMS; i++)
        close(write_ends[i]);
    return pid;
}

/* Reads some of PIPE into BYTES. False at its end, and when BYTES has too many. */
static bool take(struct pollfd *pipe, struct buffer *bytes)
{
    ssize_t n = read_some(pipe->fd, xbuffer_reserve(bytes, CHUNK), CHUNK - 1);

    if (n < 0)
        die_errno("read error");
    bytes->len += (size_t)n;
    bytes->at[bytes->len] = '\0';
    return n > 0 && bytes->len <= MOST;
}

/* Reads PIPES to their ends. */
static void collect(struct fence *f, struct pollfd pipes[FENCE_STREAMS], bool *is_full)
{
    int n_open = FENCE_STREAMS;

    while (n_open > 0) {
        if (poll(pipes, FENCE_STREAMS, -1) < 0 && errno != EINTR)
            die_errno("poll");
        for (int i = 0; i < FENCE_STREAMS; i++) {
            if (pipes[i].fd < 0 || pipes[i].revents == 0 || take(&pipes[i], &f->streams[i]))
                continue;
            if (f->streams[i].len > MOST) {
                *is_full = true;
                kill(-running, SIGKILL);
            }
            close(pipes[i].fd);
            pipes[i].fd = -1;
            n_open--;
        }
    }
}

void xfence_run(struct fence *f, const char *directory, char *const *argv, bool *is_full)
{
    struct pollfd pipes[FENCE_STREAMS];
    int status;
    pid_t ended;

    *f = (struct fence){ .status = 0 };
    *is_full = false;
    pid_t pid = start(directory, argv, pipes);
    collect(f, pipes, is_full);
    do
        ended = waitpid(pid, &status, 0);
    while (ended < 0 && errno == EINTR);
    running = 0;
    if (ended < 0)
        die_errno("wait");
    f->status = WIFSIGNALED(status) ? BY_SIGNAL + WTERMSIG(status) : WEXITSTATUS(status);
}

void fence_free(struct fence *f)
{
    for (int i = 0; i < FENCE_STREAMS; i++)
        buffer_free(&f->streams[i]);
}
