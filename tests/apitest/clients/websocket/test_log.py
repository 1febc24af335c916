"""What went over a WebSocket."""

from apitest.clients.websocket.log import Log


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
