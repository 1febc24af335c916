"""Tests of apitest_server.outgoing.driver."""

import sys

import pytest

from apitest_server.amqp.broker import DRIVER as AMQP
from apitest_server.errors import ServiceUnavailable
from apitest_server.kafka.driver import DRIVER as KAFKA
from apitest_server.outgoing import driver
from apitest_server.outgoing.driver import Driver
from apitest_server.outgoing.s3 import DRIVER as S3
from apitest_server.zmq.driver import DRIVER as ZMQ


@pytest.mark.parametrize(
    ("one", "package", "extra"),
    [
        (AMQP, "aiormq", "amqp"),
        (KAFKA, "confluent-kafka", "kafka"),
        (S3, "boto3", "s3"),
        (ZMQ, "pyzmq", "zmq"),
    ],
)
def test_a_missing_driver_is_named_with_what_installs_it(
    one: Driver, package: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The package and the extra of this product; one that is there is not asked for."""
    one.need()
    monkeypatch.setattr(driver, "find_spec", lambda name: None)
    with pytest.raises(ServiceUnavailable) as caught:
        one.need()
    told = f"{one.title} needs the package {package}. Install it with: pip install apitest[{extra}]"
    assert caught.value.details == told


def test_nothing_is_imported_to_find_that_out() -> None:
    """A server without the technology does not load its driver."""
    Driver("Colours", "colorsys", "colorsys", "colours").need()
    assert "colorsys" not in sys.modules
