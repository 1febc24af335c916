"""Two servers of one ODB look into the same directory."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.cluster.pair import Pair, is_done, running
from tests.server.cluster.waiting import until

pytestmark = pytest.mark.live
COUNT = 30
NOTE = """
from pathlib import Path
from zato.server.service import Service

class Note(Service):
    name = 'note'
    def handle(self):
        file = self.request.payload
        with open(Path(file['base_dir']).parent / 'noted', 'a') as noted:
            noted.write(f"{file['file_name']} {self.server.name}\\n")
"""


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with running(tmp_path, "") as made:
        for member in made.members:
            (member.directory / "services" / "note.py").write_text(NOTE, "utf-8")
        for member in made.members:
            until(lambda member=member: is_done(member.call("zato.service.get-by-name", {"name": "note"})))
        yield made


def test_each_file_is_taken_once(pair: Pair, tmp_path: Path) -> None:
    """What one server creates looks on both, where the other one says now; what that deletes looks on none of them."""
    place, noted = tmp_path / "in", tmp_path / "noted"
    place.mkdir()
    given = {"name": "files", "pickup_from_list": str(place), "interval": 0.1, "service_list": "note"}
    number = pair.one.call("zato.channel.file-transfer.create", given)["id"]
    question = {"id": number}
    until(lambda: pair.two.call("zato.channel.file-transfer.get-status", question)["is_active"])
    for each in range(COUNT):
        (place / f"{each}").write_text("x")
    until(lambda: noted.exists() and len(noted.read_text().splitlines()) >= COUNT and not list(place.iterdir()))
    names = [line.split()[0] for line in noted.read_text().splitlines()]
    assert sorted(names, key=int) == [str(each) for each in range(COUNT)]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    pair.two.call("zato.channel.file-transfer.edit", {"id": number, "pickup_from_list": str(elsewhere)})
    servers: set[str] = set()
    for each in itertools.count(COUNT):
        if servers == {"one", "two"}:
            break
        (elsewhere / f"{each}").write_text("x")
        until(lambda each=each: len(noted.read_text().splitlines()) > each)
        servers = {line.split()[1] for line in noted.read_text().splitlines()[COUNT:]}
    pair.two.call("zato.channel.file-transfer.delete", {"id": number})
    until(lambda: pair.one.call("zato.channel.file-transfer.get-status", question)[0] == 404)
