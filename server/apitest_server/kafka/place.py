"""PURE  Where the brokers of a Kafka channel or outgoing connection are, and who the server is there."""

from dataclasses import dataclass, field
from pathlib import Path

from apitest_server.errors import InputError
from apitest_server.odb import StoredObject

_SOCKET_TIMEOUT = 10_000  # milliseconds after which a broker that does not answer is taken for lost
_AGAIN = (100, 2000)  # milliseconds until a broker is connected to again: at first, at most


@dataclass(frozen=True, slots=True)
class Place:
    """Brokers, and how they are connected to.

    Attributes:
        address: such as ``kafka1:9092,kafka2:9092``.
        username: the user, or empty where nobody signs in.
        password: the user's.
        mechanism: of SASL, such as ``PLAIN``.
        use_tls: whether the connection is encrypted.
        validate_tls: whether the certificates of brokers are verified.
        ca_certs: the path of a file of authorities; those of the system count if it is empty.
    """

    address: str
    username: str = ""
    password: str = field(default="", repr=False)
    mechanism: str = "PLAIN"
    use_tls: bool = False
    validate_tls: bool = True
    ca_certs: str = ""

    @property
    def where(self) -> str:
        """For people: without the password."""
        user = f"{self.username}@" if self.username else ""
        return f"kafka://{user}{self.address}"

    def settings(self, client: str) -> dict[str, object]:
        """What the driver calls all that; ``client`` is what brokers list the connection as."""
        security = ("SASL_" if self.username else "") + ("SSL" if self.use_tls else "PLAINTEXT")
        found: dict[str, object] = {
            "bootstrap.servers": self.address,
            "client.id": client,
            "security.protocol": security,
            "socket.timeout.ms": _SOCKET_TIMEOUT,
            "socket.connection.setup.timeout.ms": _SOCKET_TIMEOUT,
            "socket.keepalive.enable": True,
            "reconnect.backoff.ms": _AGAIN[0],
            "reconnect.backoff.max.ms": _AGAIN[1],
            "topic.metadata.refresh.interval.ms": 5000,  # So soon is a topic found that was missing
            "log_level": 0,  # What is to be said of a lost connection is said once, and by this server
        }
        if self.username:
            found |= {
                "sasl.mechanism": self.mechanism,
                "sasl.username": self.username,
                "sasl.password": self.password,
            }
        if self.use_tls:
            found["enable.ssl.certificate.verification"] = self.validate_tls
            found["ssl.endpoint.identification.algorithm"] = "https" if self.validate_tls else "none"
            if self.ca_certs:
                found["ssl.ca.location"] = self.ca_certs
        return found


def place_of(item: StoredObject, directory: Path) -> Place:
    """What a channel or an outgoing connection says; the path of its authorities begins in a directory."""
    get = item.fields.get
    ca_certs = get("ca_certs", "")
    return Place(
        address=item.fields["address"],
        username=get("username", ""),
        password=item.secret("password"),
        mechanism=get("sasl_mechanism", "PLAIN"),
        use_tls=get("use_tls", False),
        validate_tls=get("validate_tls", True),
        ca_certs=str(directory / ca_certs) if ca_certs else "",
    )


def check_address(address: str) -> None:
    """Refuses what are not hosts with ports.

    Raises:
        InputError: it is not such an address.
    """
    for each in address.split(","):
        host, _, port = each.strip().rpartition(":")
        if not host or not port.isdecimal() or not 0 < int(port) < 65536 or " " in host or "/" in host:
            problem = f"must be hosts with ports, with commas between, such as `kafka1:9092,kafka2:9092`: `{address}`"
            raise InputError("address", problem)


def topics_of(given: str) -> list[str]:
    """The names that a text has, with commas between."""
    return [name.strip() for name in given.split(",") if name.strip()]
