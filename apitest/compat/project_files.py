"""Where a project's request and response files are, and what is in them."""

import os
from pathlib import Path

from apitest.clients import files
from apitest.context import StepContext


def get_full_path(base_dir: str, *path_items: str) -> str:
    """A directory and what is below it as one path."""
    return os.path.normpath(Path(base_dir, *path_items))


def get_file(path: str) -> str:
    """The text of a file.

    Raises:
        BadValue: it cannot be read, or is not UTF-8.
    """
    return files.read(Path(path))


def get_data(ctx: StepContext, req_or_resp: str, data_path: str) -> str:
    """The text of a request or response file of the project.

    Args:
        ctx: the step's context; the format of the response says which directory the file is in.
        req_or_resp: "request" or "response".
        data_path: its name; an empty one stands for an empty text.

    Raises:
        BadValue: there is no such file in the project.
    """
    if not data_path:
        return ""
    find = files.response if req_or_resp == "response" else files.request
    return files.read(find(ctx.zato, ctx.zato.request.response_format, data_path))
