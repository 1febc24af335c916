"""The socket that a server listens on: opened, and closed without cutting off those who have connected already.

A client is connected as soon as the system has taken it in, which is before the server knows of it. When a listening
socket is closed, the system resets all of those. So newcomers are turned away first, who has arrived is let in, and
then the socket is closed.
"""

import ctypes
import errno
import socket
import struct
from contextlib import suppress

from apitest_server.errors import StartError

_OTHER_PORT = "Stop what uses the port, choose another one, or give --port 0 for any free one"
_SO_ATTACH_FILTER = 26  # Of Linux
# A program of the system's packet filter: a packet with the flag SYN, which begins a connection, is dropped.
_NO_NEWCOMERS = b"".join(
    struct.pack("=HBBI", *instruction)
    for instruction in (
        (0x30, 0, 0, 13),  # Load the byte with the flags of the TCP header
        (0x45, 0, 1, 0x02),  # Is SYN among them?
        (0x06, 0, 0, 0),  # Yes: keep nothing of the packet
        (0x06, 0, 0, 0xFFFFFFFF),  # No: keep all of it
    )
)


def listening(host: str, port: int) -> socket.socket:
    """A socket that is bound to an address.

    Raises:
        StartError: it cannot be.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
    except OSError as error:
        sock.close()
        is_port = error.errno in (errno.EADDRINUSE, errno.EACCES)
        raise StartError(
            f"Cannot listen on {host}:{port}: {error.strerror or error}",
            "the section [main] of server.conf",
            _OTHER_PORT if is_port else "As `host`, give an address of this machine, or 0.0.0.0 for all of them",
        ) from None
    sock.set_inheritable(True)
    return sock


def turn_away(sock: socket.socket) -> None:
    """Lets nobody begin a connection any more, where the system can do that; those who have begun may go on."""
    program = ctypes.create_string_buffer(_NO_NEWCOMERS, len(_NO_NEWCOMERS))
    with suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, struct.pack("@HP", 4, ctypes.addressof(program)))


def arrived(sock: socket.socket) -> list[socket.socket]:
    """The connections that wait to be accepted."""
    found = []
    with suppress(OSError):  # There are no more, or no more can be opened
        while True:
            found.append(sock.accept()[0])
    return found
