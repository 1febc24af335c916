"""Signals that the tests' child processes have to hear, however the test run itself was started."""

import signal
from types import FrameType

_HEARD = (signal.SIGINT, signal.SIGHUP)


def let_children_hear_signals() -> None:
    """Gives children the usual dispositions, also where this process ignores SIGINT or SIGHUP.

    `nohup make test &` starts us with both ignored, and a program that is started inherits that: a test that
    interrupts a child would wait for ever. A handler that does nothing keeps this process as deaf as it was meant
    to be, but is not inherited.
    """
    for number in _HEARD:
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, _do_nothing)


def _do_nothing(number: int, frame: FrameType | None) -> None:
    pass
