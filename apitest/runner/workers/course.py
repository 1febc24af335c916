"""How far the scenario that a worker runs has come, in memory that its parent reads when the worker has died.

What the steps are is written when a scenario begins. When a step begins or ends, its time is: that costs a fraction of
a microsecond, where a message for each step cost ten.
"""

import marshal
import mmap
import struct
from collections.abc import Sequence

from apitest.parallel.reached import PlannedStep, Reached
from apitest.runner.workers.pipes import MARSHAL

_HEAD = struct.Struct("<II")  # how many steps there are, and how many bytes say what they are
_TIMES = struct.Struct("<dd")  # when a step began and ended, by the clock of `time.monotonic`; 0 for not yet
_TIME = struct.Struct("<d")


class Course:
    """The steps of one scenario after another.

    Args:
        memory: that the parent has, too.
    """

    def __init__(self, memory: mmap.mmap) -> None:
        self._memory = memory
        self._count = 0

    def begin(self, steps: Sequence[PlannedStep]) -> None:
        """A scenario begins, with all of its steps; as much is said of them as there is room for."""
        self._write(steps, bytes(len(steps) * _TIMES.size))

    def tell_again(self, steps: Sequence[PlannedStep]) -> None:
        """Says what the same steps are in other words, where a secret in them has become known."""
        if not self._count:  # there was no room for them
            return
        begin, end = _HEAD.size, _HEAD.size + self._count * _TIMES.size
        self._write(steps, self._memory[begin:end])

    def _write(self, steps: Sequence[PlannedStep], times: bytes) -> None:
        room = len(self._memory) - _HEAD.size - len(times)
        told = _told(steps)
        if told is None or len(told) > room:
            told = marshal.dumps([(*step[:3], None, None) for step in steps], MARSHAL)
        fits, end = len(told) <= room, _HEAD.size + len(times) + len(told)
        self._count = 0
        self._memory[: _HEAD.size] = _HEAD.pack(0, 0)  # there is nothing to read until all of it is written
        if fits:
            self._count = len(steps)
            self._memory[_HEAD.size : end] = times + told
            self._memory[: _HEAD.size] = _HEAD.pack(self._count, len(told))

    def step_began(self, number: int, at: float) -> None:
        """A step begins; the first is 0."""
        if number < self._count:
            _TIME.pack_into(self._memory, _HEAD.size + number * _TIMES.size, at)

    def step_ended(self, number: int, at: float) -> None:
        """A step is over."""
        if number < self._count:
            _TIME.pack_into(self._memory, _HEAD.size + number * _TIMES.size + _TIME.size, at)

    def reached(self) -> Reached:
        """How far the last scenario that began came, as it stands in the memory."""
        count, size = _HEAD.unpack_from(self._memory)
        begin = _HEAD.size + count * _TIMES.size
        times = list(_TIMES.iter_unpack(self._memory[_HEAD.size : begin]))
        far = max((number for number, pair in enumerate(times, 1) if any(pair)), default=0)
        if not far:
            return Reached()
        steps = [PlannedStep(*step) for step in marshal.loads(self._memory[begin : begin + size])]  # noqa: S302 - of a process of our own
        began, ended = times[far - 1]
        done = far if ended else far - 1
        seconds = [max(end - begun, 0.0) if begun else 0.0 for begun, end in times[:done]]
        over = tuple(zip(steps[:done], seconds, strict=True))
        return Reached(over) if ended else Reached(over, steps[done], began)

    def close(self) -> None:
        """Lets go of the memory."""
        self._memory.close()


def _told(steps: Sequence[PlannedStep]) -> bytes | None:
    """All that is known of steps; None where a project's own Python has put anything but texts into a table."""
    try:
        return marshal.dumps([tuple(step) for step in steps], MARSHAL)
    except ValueError:
        return None
