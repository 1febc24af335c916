"""What publishers were answered and a subscriber was given, and what was wrong about it.

A message is known by a key: the number of its publisher, a space, and its own number, which grows.
"""

from dataclasses import dataclass, field


@dataclass
class Account:
    """What has happened, and what was wrong about it.

    Attributes:
        kills: how often the process was killed.
        answered: messages whose publisher got an answer.
        sent: how many deliveries there were of each message.
        counts: the delivery count of the latest.
        done: messages whose acknowledgement was on disk.
        lost: messages that had an answer and did not arrive.
        disorder: messages that came before an older one of the same publisher and priority.
        dishonest: deliveries whose count was not higher than that of the one before, or lower than there were.
        twice: deliveries of messages whose acknowledgement was on disk.
        told: messages whose publisher was told that they could not be taken.
        surprises: anything else that a client was told, or was not told in time.
    """

    kills: int = 0
    answered: set[str] = field(default_factory=set)
    sent: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    disorder: list[str] = field(default_factory=list)
    dishonest: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)
    newest: dict[tuple[str, int], int] = field(default_factory=dict)

    @property
    def again(self) -> int:
        """How many messages were delivered more than once."""
        return sum(count > 1 for count in self.sent.values())

    @property
    def faults(self) -> dict[str, list[str]]:
        """What must not have happened, by its name; empty if nothing of it has."""
        found = {"lost": sorted(self.lost), "out of order": self.disorder, "wrong count": self.dishonest}
        found |= {"twice": self.twice, "surprises": self.surprises}
        return {name: keys for name, keys in found.items() if keys}

    def took(self, key: str, priority: int, count: int) -> None:
        """A message was delivered."""
        self.sent[key] = self.sent.get(key, 0) + 1
        if count <= self.counts.get(key, 0) or count < self.sent[key]:
            self.dishonest.append(key)
        self.counts[key] = count
        if key in self.done:
            self.twice.append(key)
        if self.sent[key] == 1:
            publisher, _, number = key.partition(" ")
            if self.newest.get((publisher, priority), -1) >= int(number):
                self.disorder.append(key)
            self.newest[publisher, priority] = int(number)
