"""Fixtures that every test may ask for: real services, each started once and only when a test needs it."""

import gc
import itertools
import os
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.attempts import Attempts, totals
from tests.process_tests import Reach, integrates
from tests.signals import let_children_hear_signals
from tests.trust import counting

# A deadline, and how long examples take to be drawn, say how fast the machine is at this moment, and nothing of
# what is tested: beside other load both would fail tests of code that is right.
settings.register_profile("apitest", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("apitest")
# What `make quick` runs: while one works, a few examples do; `make unit` has them all.
settings.register_profile("quick", settings.get_profile("apitest"), max_examples=5, database=None)

Environment = Mapping[str, str]

# A variable by which a service tells that `python -m tests.services run` has started it already.
_STARTED = {
    "postgresql": "APITEST_POSTGRESQL_URL",
    "mariadb": "APITEST_MYSQL_URL",
    "cassandra": "APITEST_CASSANDRA_CONTACT_POINTS",
    "redis": "APITEST_REDIS_URL",
    "rabbitmq": "APITEST_AMQP_PORT",
    "kafka": "APITEST_KAFKA_ADDRESS",
    "vault": "APITEST_VAULT_ROLE_ID",
}
_INSTALLED_WITHIN = 900  # seconds; the first test of each of the following may have to wait for packages
# The markers of tests that need a database or a browser: each is started once, by the worker that all its tests go to.
_STARTED_ONCE = {
    "postgresql",
    "mysql",
    "cassandra",
    "rabbitmq",
    "kafka",
    "browser",
    "files",
    "email",
    "s3",
    "ldap",
    "mongodb",
    "memcached",
    "ntlm",
    "opensearch",
    "solr",
    "allure",
}


def _environment(name: str) -> Iterator[Environment]:
    if os.environ.get(_STARTED[name]):
        yield dict(os.environ)
        return
    # Imported here: the drivers of all databases are nothing that a run of pure tests should wait for.
    from tests.services.starting import started

    service = started(name)
    yield service.environment()
    service.stop()


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the directories of tests go, one after the other."""
    base = tmp_path_factory.mktemp("places")
    return (base / str(number) for number in itertools.count())


@pytest.fixture
def tmp_path(places: Iterator[Path]) -> Path:
    """An empty directory of the test's own: as pytest's, which also moves a symbolic link each time."""
    path = next(places)
    path.mkdir(mode=0o700)
    return path


@pytest.fixture
def attempts(request: pytest.FixtureRequest) -> Iterator[Attempts]:
    """Counts the attempts of a test to do harm; those that got through fail it."""
    counted = Attempts()
    yield counted
    counted.count(request.node)
    counted.verdict()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where services are required, a test that is left out has failed: nothing is skipped there on purpose."""
    report = yield
    if report.skipped:
        from tests.services.installation import required

        report.outcome = "failed" if required() else "skipped"
    return report


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """The URL of a PostgreSQL server, with a superuser's password."""
    for environment in _environment("postgresql"):
        yield environment["APITEST_POSTGRESQL_URL"]


@pytest.fixture(scope="session")
def mysql_url() -> Iterator[str]:
    """The URL of a MariaDB server, with the password of a user who may do everything."""
    for environment in _environment("mariadb"):
        yield environment["APITEST_MYSQL_URL"]


@pytest.fixture(scope="session")
def cassandra_node() -> Iterator[Environment]:
    """Where a Cassandra node is, and what it wants: the variables of `tests.services.cassandra`."""
    yield from _environment("cassandra")


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The URL of a Redis server, with its password."""
    for environment in _environment("redis"):
        yield environment["APITEST_REDIS_URL"]


@pytest.fixture(scope="session")
def amqp_broker() -> Iterator[Environment]:
    """Where a RabbitMQ broker is, and what it wants: the variables of `tests.services.rabbitmq`."""
    yield from _environment("rabbitmq")


@pytest.fixture(scope="session")
def kafka_broker() -> Iterator[Environment]:
    """Where a Kafka broker is, and what it wants: the variables of `tests.services.kafka`."""
    yield from _environment("kafka")


@pytest.fixture(scope="session")
def vault_server() -> Iterator[Environment]:
    """Where a filled Vault is: the variables of `tests.services.vault`."""
    yield from _environment("vault")


def pytest_configure() -> None:
    """Let the processes that tests start be interrupted, also under nohup; nothing that is collected is garbage."""
    let_children_hear_signals()
    gc.disable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what `make quick` leaves out, by what each test can reach; a database's tests share a worker."""
    processes, wholes = Reach(), Reach(integrates)
    for item in items:
        if isinstance(item, pytest.Function) and processes.of_test(item):
            item.add_marker("process")
        if isinstance(item, pytest.Function) and wholes.of_test(item, shared=False):
            item.add_marker("integration")
        if isinstance(item, pytest.Function) and "attempts" in item.fixturenames:
            item.add_marker("attack")
        for marker in item.iter_markers():
            if marker.name in _STARTED_ONCE:
                item.add_marker("process")
                item.add_marker(pytest.mark.xdist_group(marker.name))
                item.add_marker(pytest.mark.timeout(_INSTALLED_WITHIN))


def pytest_collection_finish() -> None:
    """From here on garbage is looked for in what tests make: modules and tests, half a million objects, stay.

    What of them is garbage already stays as well: to find it takes half a second for each process.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why tests were skipped: tests are never left out silently."""
    every = (each for found in terminalreporter.stats.values() for each in found)
    reports = [each for each in every if isinstance(each, pytest.TestReport)]
    made, got_through = totals(reports)
    if made:
        terminalreporter.line(f"attempts to do harm: {made:,} made, {got_through:,} got through")
    probes, wrong = counting.totals(reports)
    if probes:
        terminalreporter.line(f"probes of checks: {probes:,} made, {wrong:,} wrong")
    reasons = {str(report.longrepr[-1]) for report in terminalreporter.stats.get("skipped", [])}
    if reasons:
        terminalreporter.section("why tests were skipped")
        for reason in sorted(reasons):
            terminalreporter.line(reason.removeprefix("Skipped: "))
