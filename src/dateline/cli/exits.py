"""The exit codes, one definition for the commands, their help and the documentation."""

from __future__ import annotations

OK = 0
SOME_FAILED = 1
USAGE = 2
NOTHING_CODED = 3
NOT_FIT = 4
INTERRUPTED = 130
PIPE_CLOSED = 141

MEANINGS = {
    OK: "every input was read and coded, events or none",
    SOME_FAILED: "some inputs failed, the others were coded",
    USAGE: "an option or argument is wrong; nothing was done",
    NOTHING_CODED: "every input failed",
    NOT_FIT: "dateline cannot work here: weights or data missing, output not writable; see dateline doctor",
    INTERRUPTED: "stopped with Ctrl-C",
    PIPE_CLOSED: "the program that read the output closed it",
}
