"""Tests of apitest_server.pubsub.hooks."""

import asyncio
from typing import Any

import pytest

from apitest_server.odb import ODB
from apitest_server.pubsub.hooks import Hooks
from tests.server.pubsub.place import Place
from tests.server.pubsub.test_message import MESSAGE


def test_a_hook_is_told_of_the_message() -> None:
    """What it is, and what is about to happen to it."""
    asked: list[Any] = []

    async def invoke(service: str, payload: object) -> object:
        asked.append((service, payload))
        return {"hook_action": "skip"}

    hooks = Hooks(invoke)
    assert asyncio.run(hooks.before_publish("my.hook", MESSAGE)) == "skip"
    assert asyncio.run(hooks.before_delivery("my.hook", MESSAGE)) == "skip"
    ctx = {"topic_name": "/a", "msg": MESSAGE.external()}
    assert asked == [
        ("my.hook", {"ctx": {"type": "before_publish", **ctx}}),
        ("my.hook", {"ctx": {"type": "before_delivery", **ctx}}),
    ]


@pytest.mark.parametrize("answer", [None, "", {}, {"hook_action": "other"}, {"hook_action": ["skip"]}, ["skip"], 7])
def test_other_answers_let_the_message_pass(answer: object) -> None:
    """Whatever they are."""

    async def invoke(service: str, payload: object) -> object:
        return answer

    assert asyncio.run(Hooks(invoke).before_publish("my.hook", MESSAGE)) == ""


def test_a_hook_that_raises_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """The message goes on."""

    async def invoke(service: str, payload: object) -> object:
        raise ValueError("what is wrong")

    assert asyncio.run(Hooks(invoke).before_publish("my.hook", MESSAGE)) == ""
    assert "Hook `my.hook` failed, zpsm1 goes on without it: what is wrong" in caplog.text


@pytest.mark.parametrize("ends", ["returns", "raises", "is cancelled"])
def test_a_hook_that_blocks_holds_up_nobody(ends: str, caplog: pytest.LogCaptureFixture) -> None:
    """The first message waits for so long as a hook may take, the next ones do not, until it has returned."""
    called: list[str] = []

    async def scenario() -> None:
        end = asyncio.Event()

        async def invoke(service: str, payload: object) -> object:
            called.append(service)
            if len(called) == 1:
                await end.wait()
                if ends != "returns":
                    raise asyncio.CancelledError if ends == "is cancelled" else ValueError("late")
            return {"hook_action": "delete"}

        hooks = Hooks(invoke, time=0.01)
        assert await hooks.before_publish("my.hook", MESSAGE) == ""
        assert await hooks.before_publish("my.hook", MESSAGE) == ""
        assert await hooks.before_publish("other", MESSAGE) == "delete"
        end.set()
        for _ in range(3):
            await asyncio.sleep(0)
        assert await hooks.before_publish("my.hook", MESSAGE) == "delete"

    asyncio.run(scenario())
    assert called == ["my.hook", "other", "my.hook"]
    assert "takes over 0.01 s" in caplog.text


@pytest.mark.parametrize("has_gd", [True, False])
def test_hooks_of_a_topic(odb: ODB, has_gd: bool) -> None:
    """What one skips is not published; nor delivered, for now; what it deletes never is."""
    with Place(odb) as place:
        place.topic("/a", hook_service_name="my.hook")
        sub_key = place.subscribe("/a")
        said: dict[str, str] = {"before_publish 2": "skip", "before_delivery 3": "delete", "before_delivery 4": "skip"}

        async def hook(service: str, payload: Any) -> object:
            ctx = payload["ctx"]
            return {"hook_action": said.get(f"{ctx['type']} {ctx['msg']['data']}")}

        place.hook = hook  # type: ignore[method-assign]
        place.publish("/a", 1, 2, 3, 4, has_gd=has_gd)
        assert place.pull(sub_key) == [1]
        said.clear()
        (left,) = place.run(place.broker.claim(sub_key))
        assert (left.data, left.delivery_count) == (4, 1)
