"""What a server keeps running for a technology: a channel, or an outgoing connection that stays connected."""

import asyncio
from abc import ABC, abstractmethod


class User(ABC):
    """One, from its start to its end; both on the event loop.

    Attributes:
        gone: set when its place is free for the one that comes after it: at the latest when it is closed.
    """

    def __init__(self) -> None:
        self.gone = asyncio.Event()

    @abstractmethod
    def start(self, after: asyncio.Event | None = None) -> None:
        """Begins; one that needs the place of the one before waits until that is gone."""

    @abstractmethod
    async def close(self, seconds: float) -> None:
        """Ends once what is under way has ended, at the latest after so many seconds."""
