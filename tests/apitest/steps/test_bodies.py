"""Sentences about a response's bytes."""

import hashlib

import pytest

from apitest.clients.response import Answer
from apitest.errors import BadValue, CheckFailed
from tests.apitest.steps.playing import Play

CONTENT = b"\x89PNG\r\n\xff\x00"


@pytest.fixture
def page(play: Play) -> Play:
    """A scenario whose response is an image, and files to compare it with."""
    play.zato.response = Answer(None, CONTENT, "RAW")
    directory = play.run.project.features / "raw" / "response"
    directory.mkdir(parents=True)
    (directory / "logo.png").write_bytes(CONTENT)
    (directory / "other.png").write_bytes(CONTENT.replace(b"\r\n", b"\n"))
    (directory / "logo.sha256").write_text(f"{hashlib.sha256(CONTENT).hexdigest()}  logo.png\n")
    (directory / "other.md5").write_text(f"{'0' * 32}\n")
    (directory / "empty.md5").write_text("")
    return play


def test_bytes_and_checksums_of_files(page: Play) -> None:
    """A file with the same bytes and one with their checksum fit, and others do not."""
    page('response has the bytes of "logo.png"', 'response has the checksum in "logo.sha256"')
    with pytest.raises(CheckFailed, match="differ from byte 5 on"):
        page('response has the bytes of "other.png"')
    with pytest.raises(CheckFailed, match="MD5 checksum is another one"):
        page('response has the checksum in "other.md5"')
    with pytest.raises(BadValue, match=r"The file empty\.md5 is not a checksum"):
        page('response has the checksum in "empty.md5"')
    with pytest.raises(BadValue, match="no response file"):
        page('response has the bytes of "lgo.png"')


def test_a_response_is_saved(page: Play) -> None:
    """What is saved are its bytes."""
    page('I save response as "img/logo.png"')
    assert (page.run.project.root / "saved" / "img" / "logo.png").read_bytes() == CONTENT


@pytest.mark.parametrize("line", ['response has the bytes of "a"', 'I save response as "a"'])
def test_there_has_to_be_a_response(play: Play, line: str) -> None:
    """Without a response there are no bytes."""
    with pytest.raises(CheckFailed, match="has not sent a request"):
        play(line)
