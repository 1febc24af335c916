"""What was done in web-admin is copied from its pages into a new project, and runs there as it was pasted."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.pages import PASSWORD, Pages
from tests.browser.test_connections import Client
from tests.browser.waiting import follow

pytestmark = [pytest.mark.browser, pytest.mark.live]

SECRET = "correct horse battery staple"


class Copied:
    """The steps of a project, in the order in which their acts were done."""

    def __init__(self, pages: Pages) -> None:
        self.page = pages.page
        self.scenarios: list[str] = []

    def copy(self) -> None:
        """Opens the steps of the act that was done last, and presses the button."""
        follow(self.page.get_by_role("link", name="Show it as steps of a test"))
        self.page.get_by_role("button", name="Copy").click()
        self.page.get_by_role("button", name="Copied").wait_for()
        self.scenarios.append(self.page.evaluate("navigator.clipboard.readText()"))

    def run(self, directory: Path) -> "subprocess.CompletedProcess[str]":
        """Pastes all of it into a new project, and runs that."""
        apitest = [sys.executable, "-m", "apitest"]
        subprocess.run([*apitest, "init", str(directory)], check=True, capture_output=True)
        features = directory / "features"
        (features / "first.feature").unlink()
        text = "\n".join(["Feature: What was done in web-admin", "", *self.scenarios])
        (features / "pasted.feature").write_text(text, "utf-8")
        secrets = {"APITEST_ADMIN_USER": "admin", "APITEST_ADMIN_PASSWORD": PASSWORD, "PASSWORD": SECRET}
        return subprocess.run(
            [*apitest, "run", str(directory)],
            env={**os.environ, **secrets},
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )


@pytest.fixture
def copied(pages: Pages) -> Copied:
    """None yet."""
    pages.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return Copied(pages)


@pytest.fixture
def client(server: str) -> Iterator[Client]:
    """A WSX client that is disconnected by the test, and comes again."""
    made = Client(server, "till.pasted")
    yield made
    made.close()


def test_steps_of_objects_run_as_pasted(pages: Pages, copied: Copied, tmp_path: Path) -> None:
    """Made, changed, pinged and deleted; the password of a definition is changed. No secret is in what is copied."""
    name = 'orders "of" ${HOME} <b>'
    page = pages.open("objects/outgoing.sql/new")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("DB name").fill(str(tmp_path / "orders.db"))
    page.get_by_label("Password", exact=True).fill(SECRET)
    page.get_by_role("button", name="Create").click()
    copied.copy()
    pages.open("objects/outgoing.sql")
    follow(page.get_by_role("link", name=name))
    page.get_by_label("Timeout").fill("21")
    page.get_by_role("button", name="Save").click()
    copied.copy()
    pages.open("objects/outgoing.sql")
    follow(page.get_by_role("link", name=name))
    page.get_by_role("button", name="Ping").click()
    copied.copy()
    pages.open("objects/security.basic-auth/new")
    page.get_by_label("Name", exact=True).fill("of pasted steps")
    page.get_by_label("Username").fill("pasted")
    page.get_by_label("Password", exact=True).fill(SECRET)
    page.get_by_role("button", name="Create").click()
    copied.copy()
    pages.open("objects/security.basic-auth")
    follow(page.get_by_role("link", name="of pasted steps"))
    page.get_by_label("New password").fill(SECRET)
    page.get_by_label("The same again").fill(SECRET)
    page.get_by_role("button", name="Change password").click()
    copied.copy()
    for kind, called in (("outgoing.sql", name), ("security.basic-auth", "of pasted steps")):
        pages.open(f"objects/{kind}")
        follow(page.get_by_role("link", name=called))
        page.get_by_role("button", name="Delete").click()
        page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        page.locator(".done", has_text="was deleted").wait_for()
        if kind == "outgoing.sql":
            copied.copy()
    assert SECRET not in "".join(copied.scenarios)
    ran = copied.run(tmp_path / "project")
    assert ran.returncode == 0, ran.stdout
    assert "6 scenarios passed" in ran.stdout
    pages.open("objects/security.basic-auth")
    assert page.get_by_role("link", name="of pasted steps").count() == 1
    pages.open("objects/outgoing.sql")
    assert page.get_by_role("link", name=name).count() == 0


def test_steps_of_messages_and_services_run_as_pasted(pages: Pages, copied: Copied, tmp_path: Path) -> None:
    """A service is invoked, somebody is subscribed to a topic, and a message published to it, one more each time."""
    page = pages.open("services/zato.helpers.echo")
    page.get_by_label("Request, a JSON object").fill('{"a": [1, "${HOME}"], "password": "hush"}')
    page.get_by_role("button", name="Invoke").click()
    copied.copy()
    pages.open("objects/pubsub.topic/new")
    page.get_by_label("Name", exact=True).fill("/pasted/orders")
    page.get_by_role("button", name="Create").click()
    page.locator(".done", has_text="was created").wait_for()
    pages.open("objects/pubsub.endpoint/new")
    page.get_by_label("Name", exact=True).fill("pasted")
    page.get_by_label("Endpoint type").select_option("service")
    page.get_by_label("Service name").fill("zato.helpers.echo")
    page.get_by_label("Topic patterns").fill("sub=/pasted/*")
    page.get_by_role("button", name="Create").click()
    page.locator(".done", has_text="was created").wait_for()
    pages.open("pubsub/subscriptions/new?topic=/pasted/orders")
    page.get_by_label("Endpoint name").select_option("pasted")
    page.get_by_role("button", name="Subscribe").click()
    copied.copy()
    pages.open("pubsub")
    follow(page.get_by_role("link", name="/pasted/orders"))
    page.get_by_label("Data").fill('{"order": 1}')
    page.get_by_label("It is").select_option("json")
    page.get_by_role("button", name="Publish").click()
    copied.copy()
    pages.open("pubsub/subscriptions?search=pasted")
    follow(page.locator("tbody a", has_text="zpsk"))
    page.get_by_role("button", name="Unsubscribe").click()
    page.get_by_role("dialog").get_by_role("button", name="Unsubscribe").click()
    page.locator(".done", has_text="was ended").wait_for()
    assert "hush" not in "".join(copied.scenarios)
    ran = copied.run(tmp_path / "project")
    assert ran.returncode == 0, ran.stdout
    pages.open("pubsub")
    follow(page.get_by_role("link", name="/pasted/orders"))
    row = page.get_by_role("row").filter(has_text="admin")
    assert row.get_by_role("cell").first.inner_text() == "2"
    assert page.get_by_role("row").filter(has_text="zpsk.service").count() == 1


def test_steps_of_clients_run_as_pasted(
    pages: Pages, copied: Copied, client: Client, server: str, tmp_path: Path
) -> None:
    """A client is sent a request and disconnected, by the ID that it has chosen: its connection is another one."""
    page = pages.open("connections")
    follow(page.get_by_role("link", name="till.pasted"))
    page.get_by_label("Request, as JSON").fill('{"hello": "world"}')
    page.get_by_role("button", name="Send", exact=True).click()
    copied.copy()
    pages.open("connections")
    follow(page.get_by_role("link", name="till.pasted"))
    page.get_by_role("button", name="Disconnect").click()
    page.get_by_role("dialog").get_by_role("button", name="Disconnect").click()
    copied.copy()
    client.thread.join(30)
    again = Client(server, "till.pasted")
    ran = copied.run(tmp_path / "project")
    again.thread.join(30)
    again.close()
    assert ran.returncode == 0, ran.stdout
    assert again.closed == 1001
