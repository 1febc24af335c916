"""The sans-I/O protocol of the package websockets, as this server sets it up; loaded with the first client."""

import logging
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from websockets.client import ClientProtocol
    from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory
    from websockets.server import ServerProtocol


def server_protocol(largest: int, origins: tuple[str, ...], is_compressing: bool) -> "ServerProtocol":
    """The protocol of one connection.

    Args:
        largest: bytes of the largest message that is taken, decompressed.
        is_compressing: whether clients may compress, and are sent compressed messages then.
        origins: values of the header ``Origin`` that are accepted; any if there are none. A client that sends no such
            header is not a browser, which cannot leave it out.
    """
    from websockets.server import ServerProtocol

    return ServerProtocol(
        origins=[None, *origins] if origins else None,  # type: ignore[list-item]  # a NewType of str
        extensions=[_deflate()] if is_compressing else None,
        max_size=largest,
        logger=_quiet(),
    )


def client_protocol(address: str, largest: int) -> "ClientProtocol":
    """The protocol of one connection that this server opens; without compression.

    Args:
        address: such as ``wss://example.com/orders``.
        largest: bytes of the largest message that is taken.
    """
    from websockets.client import ClientProtocol
    from websockets.uri import parse_uri

    return ClientProtocol(parse_uri(address), max_size=largest, logger=_quiet())


@lru_cache(1)
def _deflate() -> "ServerPerMessageDeflateFactory":
    """Compression that keeps nothing between messages: idle connections take no memory for it."""
    from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

    return ServerPerMessageDeflateFactory(
        server_no_context_takeover=True,
        client_no_context_takeover=True,
        server_max_window_bits=12,
        compress_settings={"memLevel": 5},
    )


@lru_cache(1)
def _quiet() -> logging.Logger:
    """The package's logger: what it says of each connection is of no use here, and its errors are."""
    logger = logging.getLogger("websockets.server")
    logger.setLevel(logging.WARNING)
    return logger
