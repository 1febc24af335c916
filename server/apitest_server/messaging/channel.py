"""A channel whose messages nobody waits for an answer of: its service is called, and what became of that is counted."""

from logging import Logger

from apitest_server.invoke.current import current_cid
from apitest_server.invoke.pipeline import Pipeline
from apitest_server.messaging.delivery import HANDLED, RETRIED, SKIPPED, Delivery, Outcome, Terms
from apitest_server.messaging.user import User


class Channel(User):
    """What channels of all technologies have in common.

    Attributes:
        terms: what it does with messages.
        title: such as ``Kafka channel `orders```.
        counts: how many messages there were of each verdict since it began.
    """

    def __init__(self, technology: str, terms: Terms, pipeline: Pipeline, logger: Logger) -> None:
        """Takes what it works with.

        Args:
            technology: for people, such as ``Kafka``.
            terms: what it does with messages.
            pipeline: calls services.
            logger: of the technology.
        """
        super().__init__()
        self.terms = terms
        self.title = f"{technology} channel `{terms.name}`"
        self.counts = dict.fromkeys((HANDLED, SKIPPED, RETRIED), 0)
        self._pipeline = pipeline
        self._logger = logger

    async def answered(self, delivery: Delivery, loss: str) -> Outcome:
        """Calls the service with a message, on the event loop.

        Args:
            delivery: the message.
            loss: what the log says of one that does not come again, though its service has failed.
        """
        current_cid.set("")  # Not that of the message before
        outcome = await self._pipeline.answer(delivery)
        assert outcome is not None  # A message is there as a whole: nobody goes away
        self.counts[outcome.verdict] += 1
        if outcome.verdict == SKIPPED:
            current_cid.set(outcome.cid)
            self._logger.warning("%s: %s: %s", self.title, loss, outcome.problem)
        return outcome
