"""What the sentences about status codes and headers look at."""

from apitest.clients.http.client import HTTPAnswer
from apitest.clients.response import Answer
from apitest.clients.wsx.client import WSXAnswer
from apitest.errors import BadValue, CheckFailed
from apitest.language.shortening import LIMIT, beginning

_WHERE = "the status of the response"


def http(answer: Answer) -> HTTPAnswer:
    """The answer, which has to be one to an HTTP request.

    Raises:
        CheckFailed: it came another way, so that it has neither status nor headers.
    """
    if isinstance(answer, HTTPAnswer):
        return answer
    raise CheckFailed("The last response did not come over HTTP, so it has no status, headers or URL")


def of(answer: Answer) -> int:
    """The status code; WSX has one, too."""
    return answer.status if isinstance(answer, WSXAnswer) else http(answer).received.status_code


def check(answer: Answer, choices: list[object]) -> None:
    """The status code is one of these.

    Raises:
        CheckFailed: it is another one.
        BadValue: what is asked for is not a status code.
    """
    actual = of(answer)
    if not any(fits(actual, choice) for choice in choices):
        expected = ", ".join(_named(str(choice).strip()) for choice in choices)
        one = "one of those expected" if len(choices) > 1 else "the expected one"
        raise CheckFailed(f"The status is not {one}", _WHERE, expected=expected, actual=_actual(answer))


def refuse(answer: Answer, unwanted: object) -> None:
    """The status code is not this one."""
    if fits(of(answer), unwanted):
        raise CheckFailed("Expected a status other than this", _WHERE, actual=_actual(answer))


def fits(actual: int, wanted: object) -> bool:
    """Whether a status code is the one that is meant, or one of a class such as 2xx.

    Raises:
        BadValue: what is meant is not a status code.
    """
    text = str(wanted).strip()
    if text == str(actual):
        return True
    if len(text) != 3 or not text[0].isdecimal() or not (text.isdecimal() or text[1:].lower() == "xx"):
        raise BadValue(
            f'"{wanted}" is not a status code', fix="Write three digits, such as 200, or 2xx for any from 200 on"
        )
    return text[1:].lower() == "xx" and actual // 100 == int(text[0])


def _named(status: str) -> str:
    from http import HTTPStatus

    try:
        return f"{status} {HTTPStatus(int(status)).phrase}"
    except ValueError:
        return status


def _actual(answer: Answer) -> str:
    if isinstance(answer, WSXAnswer):
        return f"{answer.status} {answer.error_message}".rstrip()
    response = http(answer).received
    start = beginning(" ".join(answer.data_text.split()), LIMIT)
    said = f"{response.status_code} {response.reason or ''}".rstrip()
    return f"{said}: {start}" if start and response.status_code >= 400 else said
