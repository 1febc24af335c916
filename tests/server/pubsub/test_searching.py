"""Tests of apitest_server.pubsub.searching."""

import pytest

from apitest_server.pubsub.contents import Contents
from apitest_server.pubsub.message import publication
from apitest_server.pubsub.places import Cut
from tests.server.pubsub.place import Place


@pytest.mark.parametrize("has_gd", [True, False])
def test_messages_are_found_by_their_data(place: Place, has_gd: bool) -> None:
    """In all topics or in one, the latest first; nothing in a word is a wildcard, and case does not count."""
    first, second = place.topic("/a"), place.topic("/b")
    broker = place.broker

    async def test() -> None:
        for topic, data in (("/a", {"Article": "tea 100%"}), ("/b", "Tea 1000"), ("/b", "milk")):
            await broker.publish(topic, publication({"data": data, "has_gd": has_gd, "correl_id": "X1"}), "shop")
        contents = Contents(broker)

        async def found(topics: list[object] | None, *words: str, **cut: int) -> tuple[list[object], int]:
            given = Cut(words, cut.get("offset", 0), cut.get("limit"))
            messages, total = await contents.with_words(topics, has_gd, given)  # type: ignore[arg-type]
            return [message.data for message in messages], total

        assert await found(None, "TEA") == (["Tea 1000", {"Article": "tea 100%"}], 2)
        assert await found(None, "tea", "100%") == ([{"Article": "tea 100%"}], 1)
        assert await found([second], "x1", offset=1, limit=1) == (["Tea 1000"], 2)
        assert await found([first], "milk") == ([], 0)
        assert (await found(None))[1] == 3

    place.run(test())
