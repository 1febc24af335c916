"""What a run, or one of its workers, is to run of a file."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from behave.model_type import FileLocation

from apitest.runner import parsing
from apitest.runner.model import Feature

if TYPE_CHECKING:
    from apitest.runner.excerpts import Excerpts

_KEPT = 16  # parsed features, of which further scenarios may be asked for


class Task(NamedTuple):
    """A file, or some of its scenarios.

    Attributes:
        file: its path.
        places: the lines that the command line asks for, None among them for the whole file.
        lines: those of the scenarios to run; None for all.
        without: lines of scenarios that ran already.
        left_out: numbers of scenarios and steps that nobody runs, and that are counted with this task.
        run: false if the scenarios are only counted, since the run is over.
        seed: of the order of the scenarios; None for the order in the file.
        partial: whether other tasks have other scenarios of the file.
    """

    file: str
    places: tuple[int | None, ...] = (None,)
    lines: frozenset[int] | None = None
    without: frozenset[int] = frozenset()
    left_out: tuple[int, int] = (0, 0)
    run: bool = True
    seed: int | None = None
    partial: bool = False

    def wants(self, line: int) -> bool:
        """Whether the scenario at a line is part of the task."""
        return (self.lines is None or line in self.lines) and line not in self.without


class Share(NamedTuple):
    """What the start of a run tells of how it was divided; see `RunStarted`."""

    shard: str = ""
    split: str = ""
    order: int | None = None


class Part(NamedTuple):
    """What of a project's features a run runs, in this order.

    Attributes:
        tasks: each file, or some of its scenarios.
        share: how it was divided.
        chosen: whether it is known that tags, names and lines choose something, here or in another part.
    """

    tasks: Sequence[Task]
    share: Share
    chosen: bool = False


class Source:
    """Reads what tasks name; a file of which several scenarios are asked for in turn is parsed once.

    Args:
        reader: how files are read.
        name: what the order of a file's scenarios depends on beside the seed: its name, wherever the run starts.
    """

    def __init__(self, reader: parsing.Reader, name: Callable[[str], str]) -> None:
        self._reader = reader
        self._name = name
        self._kept: OrderedDict[str, Excerpts] = OrderedDict()

    def read(self, task: Task) -> parsing.Parsed | None:
        """The feature with what the task wants of it; or the file's name and why it cannot be read."""
        from apitest.runner.excerpts import Excerpts  # here, since most runs run whole files

        kept = self._kept.get(task.file) if task.partial else None
        if kept is None:
            places = [FileLocation(task.file, line) for line in task.places]
            parsed = parsing.read(task.file, places, self._reader)
            if parsed is None or isinstance(parsed, tuple):
                return parsed
            feature = self._ordered(parsed, task)
            if task.lines is None and not task.without:
                return feature
            kept = Excerpts(feature)
            if task.partial:
                self._kept[task.file] = kept
                if len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return kept.show(task.wants)

    def _ordered(self, feature: Feature, task: Task) -> Feature:
        if task.seed is None:
            return feature
        from apitest.runner import excerpts

        return excerpts.shuffle(feature, task.seed, self._name(task.file))

    def all(self, tasks: Iterable[Task], count: Callable[[int, int], None]) -> Iterator[parsing.Parsed]:
        """What each task names, in turn.

        Args:
            tasks: what to read.
            count: is told how many scenarios and steps nobody runs.
        """
        for task in tasks:
            count(*task.left_out)
            parsed = self.read(task)
            if parsed is not None:
                yield parsed


def lines(places: Collection[int | None]) -> tuple[int | None, ...]:
    """Lines that a task asks for, each once; the whole file stands for all of them."""
    return (None,) if None in places or not places else tuple(dict.fromkeys(places))
