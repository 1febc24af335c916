"""Other servers of the same ODB, called over their admin API; they share the key that tokens are made with."""

import json
from urllib.parse import quote, urlsplit

from apitest_server.cluster.local import token
from apitest_server.errors import HTTPError, ServiceUnavailable
from apitest_server.odb.key import SecretKey


class Refused(HTTPError):
    """Another server has refused; its status and what it said of that."""

    def __init__(self, status: int, details: str) -> None:
        super().__init__(details)
        self.status = status


def call(key: SecretKey, address: str, service: str, payload: object, timeout: float) -> object:
    """What a service of another server answers; called in any thread but the loop's.

    Args:
        key: of the ODB.
        address: such as ``http://10.0.0.1:17010``.
        service: its name.
        payload: its input.
        timeout: in seconds.

    Raises:
        ServiceUnavailable: the server cannot be reached.
        HTTPError: it refuses.
    """
    from http.client import HTTPConnection, HTTPException

    where = urlsplit(address)
    headers = {"Authorization": f"Bearer {token(key)}", "Content-Type": "application/json"}
    connection = HTTPConnection(where.hostname or "", where.port, timeout=timeout)
    try:
        connection.request("POST", f"/zato/json/{quote(service, safe='')}", json.dumps(payload), headers)
        response = connection.getresponse()
        envelope = json.loads(response.read())
        details = str(envelope["zato_env"]["details"])
    except (OSError, HTTPException, ValueError, KeyError, TypeError):
        raise ServiceUnavailable(f"The server at {address}, which the connection belongs to, does not answer") from None
    finally:
        connection.close()
    if response.status == 401:
        raise ServiceUnavailable(f"The server at {address} has another key; servers of one ODB must share it")
    if response.status != 200:
        raise Refused(response.status, details)
    return envelope[f"{service.replace('.', '_').replace('-', '_')}_response"]
