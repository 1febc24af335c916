"""Tests of apitest_server.outgoing.mail_read."""

import pytest

from apitest_server.outgoing.mail_read import read

BOTH = (
    b"From: A <a@example.com>\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n"
    b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n'
    b"--x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n"
    b"--y\r\nContent-Type: text/plain; charset=latin-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGr\xfc\xdfe\r\n"
    b"--y\r\nContent-Type: text/html\r\n\r\n<b>Hi</b>\r\n--y--\r\n"
    b"--x\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nin a\r\n"
    b"--x\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\nSubject: inner\r\n\r\ndeep\r\n"
    b"--x\r\nContent-Type: image/png; name=b.png\r\n\r\nPNG\r\n"
    b"--x--\r\n"
)


def test_a_message_of_several_parts() -> None:
    """Texts are by their type, files by their names; a forwarded message is a file."""
    found = read(BOTH)
    assert (found.subject, found.body.plain, found.body.html) == ("Grüße", ["Grüße"], ["<b>Hi</b>"])
    names = [(one.filename, one["content-type"]) for one in found.attachments]
    assert names == [("a.txt", "text/plain"), ("", "message/rfc822"), ("b.png", "image/png")]
    assert [one.content.read() for one in found.attachments] == [b"in a", b"Subject: inner\n\ndeep", b"PNG"]
    assert (found.sent_to, found.date, found.raw_email) == ([], "", BOTH)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"no headers",
        b"From: <\r\nTo: a@\r\nDate: soon\r\nMessage-ID: <\r\n\r\nx",
        b"Content-Type: text/plain; charset=none-such\r\n\r\nx",
        b"Content-Type: multipart/mixed\r\n\r\nx",
        b"Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n",
        b"From: =?utf-8?b?//8=?= <a@example.com>\r\nTo: \xff\xfe@x\r\nSubject: \xff\r\n\r\n\xff",
        b'Content-Disposition: attachment; filename="=?x?"\r\nContent-Type: x\r\n\r\nx',
    ],
)
def test_what_is_malformed_is_read_as_far_as_it_can_be(raw: bytes) -> None:
    """Whoever sends it."""
    found = read(raw)
    assert found.raw_email == raw
    assert isinstance(found.subject, str)
