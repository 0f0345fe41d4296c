/* SPDX-License-Identifier: MIT */
#include "command.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/die.h"
#include "base/signals.h"
#include "base/write.h"

enum {
    PIPE_BYTES = 1 << 20,
    NOT_FOUND = 127,
    NOT_EXECUTABLE = 126,
    BY_SIGNAL = 128,
};

static volatile pid_t running; /* the command that stop() must end; 0: none */

/* Ends the command, too: it would treat the records sent so far as complete. */
static void stop(int number)
{
    if (running > 0)
        kill(running, number);
    signals_end(number);
}

static _Noreturn void execute(char **argv, int input)
{
    dup2(input, STDIN_FILENO);
    signal(SIGXFSZ, SIG_DFL); /* options_parse() ignores it, and the command would inherit that */
    execvp(argv[0], argv);
    int error = errno;
    warn("%s: %s", argv[0], error == ENOENT ? "not found" : strerror(error));
    _exit(error == ENOENT ? NOT_FOUND : NOT_EXECUTABLE);
}

void xcommand_start(struct command *c, char **argv)
{
    int ends[2];

    *c = (struct command){ .argv = argv, .input = -1 };
    signal(SIGCHLD, SIG_DFL); /* if ignored, it would hide the status of the command */
    if (pipe2(ends, O_CLOEXEC) != 0 || (c->pid = fork()) < 0)
        die_errno(argv[0]);
    if (c->pid == 0)
        execute(argv, ends[0]);
    running = c->pid;
    signals_catch(stop);
    close(ends[0]);
    c->input = ends[1];
    c->broken_pipe = signal(SIGPIPE, SIG_IGN);
#ifdef F_SETPIPE_SZ
    fcntl(c->input, F_SETPIPE_SZ, PIPE_BYTES);
#endif
}

bool command_send(struct command *c, struct span bytes)
{
    return write_all(c->input, bytes);
}

void command_end(struct command *c)
{
    int error = errno;
    int status;
    pid_t ended;

    if (c->input < 0)
        return;
    close(c->input);
    c->input = -1;
    do
        ended = waitpid(c->pid, &status, 0);
    while (ended < 0 && errno == EINTR);
    running = 0;
    if (ended < 0)
        c->status = STATUS_SYSTEM;
    else
        c->status = WIFSIGNALED(status) ? BY_SIGNAL + WTERMSIG(status) : WEXITSTATUS(status);
    signal(SIGPIPE, c->broken_pipe);
    errno = error;
}
