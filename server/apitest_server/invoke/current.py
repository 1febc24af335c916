"""Which call is being worked on here: known to whatever runs below it, in its thread or task, the log for example."""

from contextvars import ContextVar

current_cid: ContextVar[str] = ContextVar("current_cid", default="")
