from apitest_server.outgoing.audited import RECEIVED, SENT, Recorder, nobody


def test_nobody_takes_note_of_nothing() -> None:
    """It can stand where a recorder is wanted."""
    recorder: Recorder = nobody
    for direction in (RECEIVED, SENT):
        assert recorder(1, direction, "c", b"x") is None  # type: ignore[func-returns-value]
