"""Request and response files, found inside the project only."""

from pathlib import Path

import pytest

from apitest.clients import files
from apitest.errors import BadValue
from tests.apitest.steps.playing import Play


@pytest.fixture
def features(play: Play, tmp_path: Path) -> Path:
    directory = Path(play.zato.environment_dir) / "json" / "request"
    directory.mkdir(parents=True)
    (directory / "order.json").write_text("{}")
    (directory / "sub").mkdir()
    (directory / "sub" / "deep.json").write_text("[]")
    (tmp_path / "outside.json").write_text("[]")
    return Path(play.zato.environment_dir)


@pytest.mark.parametrize("name", ["order.json", "sub/deep.json", "sub/../order.json"])
def test_file_is_found(play: Play, features: Path, name: str) -> None:
    """A file lies below the directory of its format, in a subdirectory if need be."""
    found = files.request(play.zato, "JSON", name)
    assert found == (features / "json" / "request" / name).resolve()


@pytest.mark.parametrize("name", ["../../../outside.json", "/etc/passwd", "link"])
def test_file_outside_the_project(play: Play, features: Path, name: str) -> None:
    """Neither dots, nor an absolute path, nor a symbolic link lead out of the project."""
    (features / "json" / "request" / "link").symlink_to(features.parent / "outside.json")
    with pytest.raises(BadValue, match="is outside the project"):
        files.request(play.zato, "JSON", name)


def test_missing_file_has_near_misses(play: Play, features: Path) -> None:
    """A misspelt name is met with the name that was probably meant."""
    with pytest.raises(BadValue, match=r'no request file "oder\.json"') as raised:
        files.request(play.zato, "JSON", "oder.json")
    assert raised.value.fix.startswith("Did you mean order.json")


def test_missing_file_lists_what_is_there(play: Play, features: Path) -> None:
    """Where nothing is alike, the directory's files are listed, not too many of them."""
    directory = features / "json" / "request"
    for number in range(10):
        (directory / f"{number}{number}").touch()
    with pytest.raises(BadValue) as raised:
        files.request(play.zato, "JSON", "customer.xml")
    assert raised.value.fix.startswith("The directory contains: 00, 11")
    assert raised.value.fix.endswith("and 2 more")


def test_file_of_another_format(play: Play, features: Path) -> None:
    """A file that is there for another format is pointed at."""
    with pytest.raises(BadValue) as raised:
        files.request(play.zato, "XML", "order.json")
    assert raised.value.fix == 'There is one for another format: Given format "JSON"'


def test_missing_directory(play: Play, features: Path) -> None:
    """Where there is no directory for the format, it is named."""
    with pytest.raises(BadValue) as raised:
        files.response(play.zato, "XML", "a.xml")
    assert str(features / "xml" / "response") in raised.value.fix


def test_text_of_a_file(features: Path) -> None:
    """A byte order mark is not part of the text; what is not UTF-8 is refused with the place."""
    path = features / "text"
    path.write_bytes(b"\xef\xbb\xbfa\xc3\xa9")
    assert files.read(path) == "aé"
    path.write_bytes(b"a\xe9")
    with pytest.raises(BadValue, match="not UTF-8: byte 0xe9 at position 1"):
        files.read(path)
    with pytest.raises(BadValue, match="cannot be read"):
        files.read(features)


def test_a_file_is_saved(play: Play) -> None:
    """Its bytes are below the directory "saved" of the project, also where a file was before."""
    for content in (b"a\xff", b"b"):
        path = files.save(play.zato, "a/b.bin", content)
        assert path == play.run.project.root / "saved" / "a" / "b.bin"
        assert path.read_bytes() == content


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/../../x", "/tmp/x"])
def test_nothing_is_saved_elsewhere(play: Play, name: str) -> None:
    """A name that leads out of the directory is refused."""
    with pytest.raises(BadValue, match="is not a file below"):
        files.save(play.zato, name, b"x")


def test_a_directory_is_not_overwritten(play: Play) -> None:
    """What cannot be written is told."""
    files.save(play.zato, "a/b", b"x")
    with pytest.raises(BadValue, match="cannot be written"):
        files.save(play.zato, "a", b"x")


@pytest.mark.parametrize("name", ["a\0b", "a\ud800", "x" * 10_000, "/" + "x" * 10_000, "/a\0b"])
def test_a_name_that_no_file_can_have(play: Play, name: str) -> None:
    """A name that the file system refuses is told as one that is not there, or not inside the project."""
    for find in (lambda: files.request(play.zato, "JSON", name), lambda: files.setting(play.zato, name)):
        with pytest.raises(BadValue, match=r"There is no|is outside the project"):
            find()


def test_a_feature_that_runs_once(play: Play, features: Path) -> None:
    """It is in the directory for such features, and nowhere else; a misspelt name is met with the one that is there."""
    (features / "once").mkdir()
    (features / "once" / "sign-in.feature").write_text("")
    (features / "other.feature").write_text("")
    assert files.once(play.zato, "sign-in.feature") == (features / "once" / "sign-in.feature").resolve()
    for name, told in [("sing-in.feature", "Did you mean sign-in.feature?"), ("x", "The directory contains: sign-in")]:
        with pytest.raises(BadValue, match="There is no file") as caught:
            files.once(play.zato, name)
        assert caught.value.fix.startswith(told)
    with pytest.raises(BadValue, match="no file"):
        files.once(play.zato, "other.feature")
