from pathlib import Path
from typing import Any

import pytest

from apitest.compat import project_files
from apitest.errors import BadValue


def test_files_of_a_project(ctx: Any) -> None:
    """By the format of the response, in the directory of requests or responses."""
    directory = Path(ctx.zato.environment_dir, "json", "response")
    directory.mkdir(parents=True)
    (directory / "one.json").write_text('{"a": "ż"}', encoding="utf-8")
    assert project_files.get_data(ctx, "response", "one.json") == '{"a": "ż"}'
    assert project_files.get_data(ctx, "response", "") == ""
    assert project_files.get_file(str(directory / "one.json")) == '{"a": "ż"}'
    with pytest.raises(BadValue, match=r"two\.json"):
        project_files.get_data(ctx, "response", "two.json")
    assert project_files.get_full_path("/a", "b", "../c") == "/a/c"
