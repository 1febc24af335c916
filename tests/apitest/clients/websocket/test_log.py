"""What went over a WebSocket."""

from apitest.clients.websocket.log import Log, shown


def test_frames_in_their_order() -> None:
    """Each frame has a direction, a type, what it was and when; only the last ones are kept, but all are counted."""
    log = Log()
    for number in range(600):
        log.add("sent", "text", str(number).encode())
    log.add("received", "close", b"\x03\xe8")
    assert (len(log.frames), log.number) == (500, 601)
    assert log.frames[0][:3] == ("sent", "text", "101") and log.frames[-1][:3] == ("received", "close", "1000")
    times = [frame.seconds for frame in log.frames]
    assert times == sorted(times) and times[0] >= 0 and times[-1] <= log.seconds()


def test_what_a_frame_brings() -> None:
    """Text is shown as text, binary data as hexadecimal digits, a Close frame as its code and reason."""
    assert shown("text", "ä".encode()) == "ä"
    assert shown("text", b"\x1b[31m") == "\\x1b[31m"
    assert shown("text", b"x" * 10_001).endswith("… (10,001 characters)")
    assert shown("binary", b"\0\xff") == "<2 bytes of binary data: 00 ff>"
    assert shown("binary", b"a" * 2_000) == f"<2,000 bytes of binary data: {'61 ' * 16}…>"
    assert shown("close", b"\x0f\xa1bye") == "4001 bye"
    assert shown("close", b"") == ""
