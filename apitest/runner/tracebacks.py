"""Whose code an exception comes from, and the part of its traceback that is worth a person's time."""

import os
import traceback
from functools import cache
from pathlib import Path
from types import TracebackType

import behave

from apitest.errors import said

_BEHAVE = str(Path(behave.__file__).parent) + os.sep
_OURS = str(Path(__file__).resolve().parents[1]) + os.sep
_SIGNALS = str(Path(__file__).resolve().with_name("interruption.py"))  # which Python calls wherever it is


def own_traceback(error: BaseException) -> str:
    """The part of a traceback that is the user's own code and what it called, or nothing if none of it is.

    An error that this one was raised from follows below it.
    """
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    below = own_traceback(cause) if cause else ""
    own = "".join(traceback.format_list(own_frames(error.__traceback__))).rstrip()
    if not below or cause is None:
        return own
    return "\n".join([*([own] if own else []), f"Caused by {type(cause).__name__}: {said(cause)}", below])


def mistake_of_ours(error: BaseException) -> str:
    """What to do about an error that was raised in apitest itself or in what it calls; empty for any other."""
    trace = traceback.extract_tb(error.__traceback__)
    frames = [frame for frame in trace if frame.filename.startswith(_OURS)]
    if not frames:
        return ""
    if isinstance(error, TypeError) and trace[-1].filename.startswith(_BEHAVE):
        return "Functions that the project gives to behave, such as clean-ups, are called with what behave has for them"
    place = f"apitest/{Path(frames[-1].filename).relative_to(_OURS).as_posix()}:{frames[-1].lineno}"
    return f"This is a mistake in apitest itself, at {place}: please report it, with this message and the step"


def own_frames(trace: TracebackType | None) -> list[traceback.FrameSummary]:
    """The frames from the first one on that is the user's own code; none if there is none."""
    frames = traceback.extract_tb(trace)
    libraries = _libraries() if frames else ()
    first = next((i for i, frame in enumerate(frames) if not frame.filename.startswith(libraries)), len(frames))
    last = next((i for i, frame in enumerate(frames) if frame.filename == _SIGNALS), len(frames))
    return frames[first:last]


def without_engine(trace: TracebackType | None) -> TracebackType | None:
    """A traceback from the first frame on that is the user's own code; None if there is none."""
    while trace is not None and trace.tb_frame.f_code.co_filename.startswith(_libraries()):
        trace = trace.tb_next
    return trace


@cache
def _libraries() -> tuple[str, ...]:
    """Where the code of apitest, behave, other packages and Python itself is."""
    import sysconfig  # here, since only failures need it

    paths = sysconfig.get_paths()
    places = [
        _BEHAVE.rstrip(os.sep),
        *(paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")),
    ]
    return (_OURS, "<frozen ", *(place + os.sep for place in places))
