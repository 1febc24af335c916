"""PURE  Which connections of a ZeroMQ socket are peers, made out of what its monitor tells."""


class Peers:
    """Connections by their file descriptors, which the monitor names when they begin and end.

    It does not when a handshake has succeeded: then that is one of those that have begun, and which one is known as
    soon as no other is left. One that ends before that was no peer: a scan of ports, or a socket of a wrong type.
    """

    def __init__(self) -> None:
        self._known: set[int] = set()
        self._begun: set[int] = set()
        self._succeeded = 0  # Of those that have begun

    def __len__(self) -> int:
        return len(self._known) + self._succeeded

    def begun(self, descriptor: int) -> None:
        """A connection is there."""
        self._begun.add(descriptor)
        self._known.discard(descriptor)

    def succeeded(self) -> None:
        """One of those is a peer."""
        self._succeeded = min(self._succeeded + 1, len(self._begun))
        self._settle()

    def ended(self, descriptor: int) -> None:
        """A connection is gone."""
        self._known.discard(descriptor)
        self._begun.discard(descriptor)
        self._settle()

    def _settle(self) -> None:
        if self._succeeded and self._succeeded == len(self._begun):
            self._known |= self._begun
            self._begun.clear()
            self._succeeded = 0
