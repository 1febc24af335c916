"""Tests of apitest_server.admin.rendering."""

from pathlib import Path

import pytest
from jinja2 import UndefinedError

from apitest_server.admin.rendering import Files, Templates


def test_browsers_may_keep_files_of_the_present_version(tmp_path: Path) -> None:
    """One of an earlier version is the present one, and not kept; what is no file of ours is not there."""
    (tmp_path / "a.js").write_text("let a;")
    (tmp_path / "secret.txt").write_text("hush")
    files = Files(tmp_path)
    address = files.address("a.js")
    assert address == f"/zato/admin/static/{files.fingerprint}/a.js"
    present, old = files.answer(files.fingerprint, "a.js"), files.answer("0", "a.js")
    assert present is not None and old is not None
    assert present.body == old.body == b"let a;"
    assert ("immutable" in present.cache, old.cache) == (True, "no-store")
    assert files.answer(files.fingerprint, "secret.txt") is None
    assert files.answer(files.fingerprint, "../rendering.py") is None


def test_the_fingerprint_is_of_what_is_in_the_files(tmp_path: Path) -> None:
    """Another content has another one."""
    (tmp_path / "a.css").write_text("a {}")
    before = Files(tmp_path).fingerprint
    (tmp_path / "a.css").write_text("b {}")
    assert Files(tmp_path).fingerprint != before


def test_all_of_style_and_script_is_small() -> None:
    """No page takes more than 100 kB of it."""
    directory = Path(Files.__init__.__defaults__[0])  # type: ignore[index]  # it has one
    assert sum(path.stat().st_size for path in directory.iterdir()) < 100_000


def test_what_is_put_into_a_template_stays_text() -> None:
    """And what is missing is an error, not an empty place."""
    values = {"user": "", "proof": "", "menu": [], "here": "", "act": None, "act_number": ""}
    templates = Templates(Files())
    page = templates.page(
        "problem.html", {**values, "title": "<b>", "details": "<script>", "cid": '"', "module": ""}
    ).decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    with pytest.raises(UndefinedError):
        templates.page("problem.html", values)
