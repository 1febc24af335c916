"""What checks look at, had anew: messages of WebSockets and of publish/subscribe, answers of a session, queries."""

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Timer

import pytest

from apitest.errors import BadValue, CheckFailed
from tests.apitest.pubsub_server import PubSubServer
from tests.apitest.steps.playing import Play
from tests.apitest.websocket_server import WebSocketServer
from tests.apitest.wsx_server import WSXServer


def test_messages_of_a_websocket(play: Play, websockets: WebSocketServer) -> None:
    """The message that was received last is looked at, then each that follows it, until the check holds of one."""
    play(f'I connect to WebSocket "{websockets.address}" as "feed"')
    play.step('I send to WebSocket "feed"', '{"send": [{"n": 1}, {"n": 2}, {"n": 3}, {"n": 4}], "after": 0.05}')
    play('I receive the next message from WebSocket "feed" within "30" seconds')
    play('within "30" seconds the message\'s path "/n" is an integer "3"', 'the message\'s path "/n" is an integer "3"')
    play('never within "0.1" seconds the message\'s path "/n" is an integer "5"')
    play('the message\'s path "/n" is an integer "4"')
    with pytest.raises(CheckFailed, match=r"even after 0.1 seconds and 1 attempt"):
        play('within "0.1" seconds the message\'s path "/n" is an integer "5"')
    play.step('I send to WebSocket "feed"', '{"send": [{"n": 5}, {"n": 6}]}')
    with pytest.raises(CheckFailed, match=r"of 30 seconds and 3 attempts"):
        play('never within "30" seconds the message\'s path "/n" is an integer "6"')
    play.step('I send to WebSocket "feed"', '{"close": 4001, "after": 0.05}')
    with pytest.raises(CheckFailed, match=r"is closed: .*4001.* of 30 seconds"):
        play('within "30" seconds the message\'s path "/n" is an integer "7"')


def test_messages_of_publish_subscribe(play: Play, pubsub: PubSubServer) -> None:
    """The messages that follow come from the same topic, and each is received."""
    play('Basic Auth "maria" "s3cret-w0rd"', 'URL path "/gateway"', f'address "{pubsub.address}"')
    play('I connect to publish/subscribe over REST as "till"', '"till" subscribes to topic "/orders"')
    for number in range(3):
        play(f'"till" publishes JSON "{{"id": {number}}}" on topic "/orders"')
    play('"till" receives a message on topic "/orders"')
    play('within "30" seconds the message\'s path "/id" is an integer "2"')
    play('never within "0.05" seconds "till" receives a message on topic "/orders"')
    play('"till" publishes JSON "{"id": 9}" on topic "/orders"')
    with pytest.raises(CheckFailed, match=r"There is a message on topic"):
        play('never within "30" seconds "till" receives a message on topic "/orders"')


def test_answers_over_wsx(play: Play) -> None:
    """The request goes out again over the same session, as it was."""
    channel = WSXServer()
    play(f'address "{channel.address}"', 'URL path "/open"', "I use Zato WSX", "I connect to a Zato WSX channel")
    play('request is "{"n": 1}"', "When the URL is invoked", 'within "0.1" seconds status is "200"')
    sent = len(channel.received)
    play('never within "0.1" seconds status is "500"')
    assert len(channel.received) > sent
    assert {str(each["data"]) for each in channel.received[sent:]} == {str(channel.received[sent - 1]["data"])}
    play.zato.finish_scenario()
    channel.close()


def _executed(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
        connection.commit()


def test_queries_of_sqlite(play: Play, tmp_path: Path) -> None:
    """A query is run again, and sees what another connection has changed meanwhile."""
    file = tmp_path / "shop.db"
    play(f'I connect to "sqlite:///{file}" as "one"', f'I connect to "sqlite:///{file}" as "two"')
    play('SQL "CREATE TABLE t (state TEXT)" is executed, using "one"')
    play('SQL "INSERT INTO t VALUES (\'new\')" is executed, using "one"')
    play('never within "0.1" seconds SQL "SELECT state FROM t" is "done", using "one"')
    play('never within "0" seconds SQL "SELECT state FROM t WHERE state = \'done\'" returns "1" row, using "one"')
    with pytest.raises(CheckFailed, match=r"The rows must not be so, after 0\.\d\d of 5 seconds and 1 attempt"):
        play('never within "5" seconds SQL "SELECT state FROM t" returns "1" row, using "one"')
    with pytest.raises(CheckFailed, match=r"returns no rows, after"):
        play('never within "5" seconds SQL "SELECT state FROM t WHERE 1 = 2" is "done", using "one"')
    timer = Timer(0.1, partial(_executed, file, "UPDATE t SET state = 'done'"))
    timer.start()
    play('within "30" seconds SQL "SELECT state FROM t" is "done", using "one"')
    timer.join()
    play('SQL "UPDATE t SET state = \'failed\'" is executed, using "two"')
    with pytest.raises(CheckFailed, match=r'^The wait failed early, since it is "failed"'):
        play('within "30" seconds SQL "SELECT state FROM t" is "paid", using "one", failing early if it is "failed"')


def test_the_end_of_a_wait_may_look_at_something_else(play: Play, db: Play) -> None:
    """What ends a wait is had anew as well, and it is an error where there is nothing to look at."""
    line = 'within "30" seconds SQL "SELECT 1" is "2", using "db", failing early if '
    with pytest.raises(CheckFailed, match=r"There is no response yet"):
        db(f'{line}status is "500"')
    with pytest.raises(CheckFailed, match=r'failed early, since SQL "SELECT 3" is at least "2", using "db", after'):
        db(f'{line}SQL "SELECT 3" is at least "2", using "db"')
    with pytest.raises(BadValue, match=r"A handshake is over"):
        db('within "5" seconds the subprotocol of WebSocket "feed" is "x"')
