"""Messages with guaranteed delivery, in the ODB: what the writer's thread does within its transactions."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby

from sqlalchemy import Connection, RowMapping

from apitest_server.errors import NotFound
from apitest_server.pubsub import statements
from apitest_server.pubsub.depths import Depths
from apitest_server.pubsub.directory import full
from apitest_server.pubsub.jobs import Bury, Call, Candidate, Claim, Claimed, Confirm, Place, Publish, Release
from apitest_server.pubsub.queue import Basket
from apitest_server.pubsub.rows import message, row
from apitest_server.pubsub.writer import Job

LONGEST = 1000  # characters that are kept of what was wrong with a delivery
EVER = 1e18  # A moment that no clock comes to


class Store:
    """The queues of all subscriptions, as one server works with them.

    Attributes:
        run_id: of this server; what it is delivering is claimed in this name.
    """

    def __init__(self, run_id: str, now: Callable[[], float]) -> None:
        self.run_id = run_id
        self._now = now
        self._depths = Depths()

    def apply(self, connection: Connection, jobs: Sequence[Job[object]]) -> list[object]:
        """Does jobs in their order, those of one kind at once; returns what came of each."""
        results: list[object] = []
        for _, group in groupby(jobs, key=type):
            same = list(group)
            if publications := [job for job in same if isinstance(job, Publish)]:
                results += self._publish(connection, publications)
            elif arrived := [job for job in same if isinstance(job, Confirm)]:
                self._confirm(connection, [place for job in arrived for place in job.places])
                results += [None] * len(same)
            else:
                results += [self._do(connection, job) for job in same]
        return results

    def _do(self, connection: Connection, job: Job[object]) -> object:
        if isinstance(job, Claim):
            return self._claim(connection, job)
        if isinstance(job, Release):
            self._release(connection, job)
        if isinstance(job, Bury):
            return self._bury(connection, job)
        return job.function(connection) if isinstance(job, Call) else None

    def _publish(self, connection: Connection, jobs: Sequence[Publish]) -> list[object]:
        topics = {job.topic.id: job.topic for job in jobs}
        counts = Counter(job.topic.id for job in jobs)
        now = self._now()
        free = {one: self._depths.take(connection, topics[one], counts[one], now) for one in sorted(topics)}
        with_subscribers = {one for one in topics if connection.scalar(statements.HAS_SUBSCRIBERS, {"topic": one})}
        results: list[object] = []
        taken: list[Publish] = []
        for job in jobs:
            left = free[job.topic.id]
            if left is None:
                results.append(NotFound(f"There is no topic `{job.topic.name}`"))
            elif left <= 0:
                results.append(full(job.topic))
            else:
                free[job.topic.id] = left - 1
                results.append(None)
                taken.append(job)
        if taken:
            self._insert(connection, taken, with_subscribers)
            for topic_id in sorted({job.topic.id for job in taken}):
                self._depths.trim(connection, topics[topic_id])
        return results

    def _insert(self, connection: Connection, jobs: Sequence[Publish], with_subscribers: set[int]) -> None:
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        rows = [row(job.message, job.topic.id not in with_subscribers) for job in jobs]
        connection.exec_driver_sql(statements.store(mark), rows)
        waited_for: list[tuple[object, ...]] = [
            (job.message.msg_id,) for job in jobs if job.topic.id in with_subscribers
        ]
        if waited_for:
            connection.exec_driver_sql(statements.enqueue(mark), waited_for)

    def _claim(self, connection: Connection, job: Claim) -> Claimed:
        number, portion, now = job.subscription.id, job.portion, self._now()
        wanted = {"subscription": number, "run": self.run_id, "now": now, "most": portion.limit}
        limits = {"most_bytes": portion.most_bytes, "due": now if portion.is_pushed else EVER}
        found = connection.execute(statements.FIRST, {**wanted, **limits}).mappings().all()
        spent = [Place(number, row["id"]) for row in found if portion.is_spent(row["attempts"])]
        if spent:  # Their server died over them: nobody else could give them up
            connection.execute(statements.GIVE_UP, [{**row, "now": now} for row in _rows(spent)])
            return self._claim(connection, job)
        held, waiting = None, len(found)
        if found and job.keeps_order:
            places = connection.execute(statements.PLACES, {**wanted, **limits}).mappings().all()
            found, held = _in_order(found, places)
        chosen, others = _first(found, job, held)
        job.chosen[:] = [row["id"] for row in chosen]
        if chosen:
            claimed = [{"subscription": number, "message": row["id"], "run": self.run_id} for row in chosen]
            connection.execute(statements.CLAIM, claimed)
        messages = [message(row, job.subscription.sub_key, row["delivery_count"] + 1) for row in chosen]
        return Claimed(messages, others, held is not None, len(chosen) < waiting)

    def _bury(self, connection: Connection, job: Bury) -> list[int]:
        limits = {"now": self._now(), "most": job.attempts}
        rows = _rows(job.places)
        buried = [row for row in rows if connection.execute(statements.BURY, {**row, **limits}).rowcount]
        return [row["message"] for row in buried]

    def _release(self, connection: Connection, job: Release) -> None:
        told = {"unsent": 0 if job.was_sent else 1, "until": job.due or None, "why": job.problem[:LONGEST]}
        if job.places:
            connection.execute(statements.RELEASE, [{**row, **told, "run": self.run_id} for row in _rows(job.places)])

    def _confirm(self, connection: Connection, places: Sequence[Place]) -> None:
        if places:
            connection.execute(statements.CONFIRM, _rows(places))
            numbers = sorted({place.message_id for place in places})  # In one order on all servers
            connection.execute(statements.FORGET, [{"message": number} for number in numbers])


def _in_order(
    found: Sequence[RowMapping], places: Sequence[RowMapping]
) -> tuple[Sequence[RowMapping], Candidate | None]:
    """Those of the messages before which there is no other one; and that other one, which cannot be given out now."""
    numbers = {row["id"] for row in found}
    other = next((place for place in places if place["message_id"] not in numbers), None)
    if other is None:
        return found, None
    before = [row for row in found if (9 - row["priority"], row["id"]) < (other["rank"], other["message_id"])]
    if len(before) == len(found):  # There are just more than are asked for
        return found, None
    return before, Candidate(other["rank"], other["pub_time"], 0, False)


def _first(found: Sequence[RowMapping], job: Claim, held: Candidate | None) -> tuple[list[RowMapping], int]:
    """Those of the messages that are among the first, and fit; and how many of the others are given out with them.

    Nothing of either is that comes after ``held``.
    """
    keys = [Candidate(9 - row["priority"], row["pub_time"], len(row["content"]), row["attempts"] > 0) for row in found]
    basket = Basket(job.portion)
    chosen: list[RowMapping] = []
    others = 0
    others_before = (other for other in job.others if held is None or other < held)
    for one, index in sorted([*zip(keys, range(len(keys)), strict=True), *((other, -1) for other in others_before)]):
        if not basket.takes(one.size, one.was_sent):
            return chosen, others
        if index >= 0:
            chosen.append(found[index])
        else:
            others += 1
    if held is not None:
        return chosen, others
    return chosen, job.portion.limit - len(chosen)  # Others that have come meanwhile fit as well


def _rows(places: Sequence[Place]) -> list[dict[str, int]]:
    return [{"subscription": place.subscription_id, "message": place.message_id} for place in sorted(places)]
