"""Tests of apitest_server.rest.codecs.codec: what all codecs have in common."""

from dataclasses import fields

import pytest

from apitest_server.config import RestChannel
from apitest_server.errors import HTTPError
from apitest_server.rest.codecs import CODECS, Codec, Envelope
from apitest_server.service.messages import Response

ALL = [*CODECS.values(), Envelope("my.service")]


@pytest.mark.parametrize("data_format", ["json", "xml", "form", "raw"])
def test_each_format_of_server_conf_has_a_codec(data_format: str) -> None:
    """What the key `data_format` accepts can be served."""
    kind = next(item.metadata["kind"] for item in fields(RestChannel) if item.name == "data_format")
    assert kind(data_format) in CODECS


@pytest.mark.parametrize("codec", ALL, ids=lambda codec: type(codec).__name__)
def test_an_error_has_its_cid_in_the_body(codec: Codec) -> None:
    """In every format, with a status of an error and without what is inside the server."""
    status, (content, kind) = codec.fault(HTTPError(), "0123abcd")
    assert (status, b"0123abcd" in content, bool(kind)) == (500, True, True)


@pytest.mark.parametrize("codec", ALL, ids=lambda codec: type(codec).__name__)
def test_a_response_without_a_payload_can_be_written(codec: Codec) -> None:
    """A service need not return anything."""
    assert isinstance(codec.encode(Response(), "abc").content, bytes)
