"""Tests of apitest_server.wsx.library."""

import logging

from apitest_server.wsx.library import server_protocol


def test_the_protocol_keeps_nothing_between_messages() -> None:
    """Compression starts anew with each: what an idle connection takes does not grow by it."""
    protocol = server_protocol(1000, (), True)
    [deflate] = protocol.available_extensions or []
    [(name, _)] = [deflate.process_request_params([], [])]
    assert dict(name).keys() >= {"server_no_context_takeover", "client_no_context_takeover"}
    assert (protocol.max_message_size, protocol.origins) == (1000, None)


def test_compression_is_not_offered_unasked() -> None:
    """It costs time for each message."""
    assert server_protocol(1, (), False).available_extensions is None


def test_a_client_without_origin_is_not_a_browser() -> None:
    """It is accepted next to the origins that are."""
    assert server_protocol(1, ("https://a.example",), False).origins == [None, "https://a.example"]


def test_the_library_reports_only_what_goes_wrong() -> None:
    """A line for each connection is ours to write."""
    assert not server_protocol(1, (), False).logger.isEnabledFor(logging.INFO)
