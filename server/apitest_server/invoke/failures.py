"""What a caller is told of what went wrong; everything else goes to the log, under the ``cid``."""

import logging

from apitest_server.errors import DeploymentError, HTTPError, NoSuchService, ServerError

logger = logging.getLogger("apitest.service")


def refused(error: BaseException, service: str, cid: str) -> HTTPError:
    """The error to answer with; what the caller may not know was logged."""
    if isinstance(error, NoSuchService):
        logger.warning("%s, cid %s", error, cid)
    if isinstance(error, HTTPError):
        return error
    if isinstance(error, DeploymentError):
        logger.error("Service `%s` cannot be used, cid %s: %s", service, cid, error)
    elif isinstance(error, ServerError):
        logger.error("Service `%s` failed, cid %s: %s", service, cid, error, exc_info=error)
    else:
        logger.error("Service `%s` failed, cid %s", service, cid, exc_info=error)
    return HTTPError()
