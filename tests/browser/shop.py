"""A run of a shop's tests by four workers, as the picture in the manual shows it."""

import random
from collections.abc import Iterator

from apitest.events import (
    Event,
    FeatureFinished,
    FeatureStarted,
    RunFinished,
    RunStarted,
    ScenarioFinished,
    ScenarioStarted,
)
from tests.apitest.report import samples

_AREAS = ("Customers", "Orders", "Invoices", "Search", "Webhooks", "Stock", "Payments", "Sign-in")
_CASES = (
    "Create one",
    "Read it back",
    "An unknown ID is refused",
    "Nothing without a token",
    "All of them, in pages",
    "Change its address",
    "Delete it twice",
)
_START, _FAILED, _FLAKY, _SKIPPED = 1_700_000_000.0, {17: samples.CHECK, 40: samples.DOCUMENTS}, 29, 51


def run() -> Iterator[Event]:
    """All events: two scenarios fail, one passes at its second try, one is switched off."""
    chance = random.Random(7)
    free = [_START + 0.1] * 4
    yield RunStarted("/home/me/shop", False, 4, 1234567, "staging", _START)
    for number, area in enumerate(_AREAS):
        uri = f"features/{area.lower()}.feature"
        yield FeatureStarted(uri, 1, area, ())
        for place, case in enumerate(_CASES):
            index = number * len(_CASES) + place
            for attempt in (1, 2) if index == _FLAKY else (1,):
                worker = min(range(4), key=free.__getitem__)
                seconds = 0.05 + chance.expovariate(4)
                wrong = _FAILED.get(index) or (samples.CHECK if index == _FLAKY and attempt == 1 else None)
                status = "failed" if wrong else "skipped" if index == _SKIPPED else "passed"
                yield ScenarioStarted(uri, 4 + 9 * place, case, ("smoke",), free[worker], worker + 1, attempt)
                yield from samples.request(5 + 9 * place)
                yield samples.step("Then", 'path "/customer/name" is "Maria"', 8 + 9 * place, status, 0.001, wrong)
                again = index == _FLAKY and attempt == 1
                yield ScenarioFinished(uri, 4 + 9 * place, case, status, seconds, None, True, "", attempt, again)
                free[worker] += seconds
        yield FeatureFinished(uri, area, "passed", 1.0, None)
    yield RunFinished({"steps": {"passed": 228}}, max(free) - _START, 1, "")
