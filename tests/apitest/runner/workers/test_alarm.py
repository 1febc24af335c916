"""Signals, as something to wait for."""

import os
import select
import signal

import pytest

from apitest.runner.workers.alarm import Alarm


@pytest.mark.parametrize(("number", "reason"), [(signal.SIGINT, "KeyboardInterrupt"), (signal.SIGTERM, "Terminated")])
def test_the_first_wakes_and_the_second_interrupts(number: int, reason: str) -> None:
    """One signal can be waited for and says why; another one ends all at once; afterwards all is as it was before."""
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    called: list[int] = []
    with Alarm(lambda: called.append(1)) as alarm:
        assert alarm.reason == ""
        assert select.select([alarm.descriptor], [], [], 0)[0] == []
        os.kill(os.getpid(), number)
        assert select.select([alarm.descriptor], [], [], 30)[0]
        assert (alarm.reason, called) == (reason, [])
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
        assert called == [1]
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before
