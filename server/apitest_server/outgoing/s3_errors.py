"""What S3 storage refuses, and what becomes of it, as errors that services and callers understand."""

from collections.abc import Iterator
from contextlib import contextmanager

from apitest_server.errors import BadRequest, NotFound, RemoteError, ServiceTimeout, ServiceUnavailable
from apitest_server.outgoing.notices import Notices
from apitest_server.redaction import without


@contextmanager
def told(name: str, notices: Notices, secret: str) -> Iterator[None]:
    """Translates what the driver raises; the log is told where the storage is away.

    Raises:
        HTTPError: it cannot be reached, or refuses what was asked.
    """
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import (
        BotoCoreError,
        ClientError,
        ConnectionError,
        HTTPClientError,
        ParamValidationError,
        ReadTimeoutError,
    )

    try:
        yield
    except ClientError as error:
        notices.connected()
        details, status = error.response.get("Error", {}), error.response.get("ResponseMetadata", {})
        code, number = str(details.get("Code", "")), int(status.get("HTTPStatusCode", 0))
        said = without(f"`{name}` refuses it: {code} {details.get('Message', '')}".rstrip(), [secret])
        raise (NotFound(said) if number == 404 else RemoteError(said, number)) from None
    except ReadTimeoutError:
        problem = ServiceTimeout(f"`{name}` does not answer")
        notices.away(problem)
        raise problem from None
    except ParamValidationError as error:
        raise BadRequest(" ".join(str(error).split())) from None
    except (ConnectionError, HTTPClientError) as error:
        away = ServiceUnavailable(without(f"`{name}` cannot be reached: {error}", [secret]))
        notices.away(away)
        raise away from None
    except (BotoCoreError, Boto3Error) as error:
        raise RemoteError(without(f"`{name}` cannot do it: {error}", [secret])) from None
    notices.connected()
