"""``python -m tests.house [--lower]``: where the tree stands against limits.toml; 1 if it is over a limit."""

import re
import sys

from tests.house import limits


def main(options: list[str]) -> int:
    """Prints each figure beside its limit; with --lower, writes the ratchet's figures into limits.toml."""
    limit = limits.read()
    vague = limits.vague_lines([*limits.product(), *limits.documents()], limit.phrases)
    figures = {"any_per_1000_lines": limits.any_per_1000_lines(limits.product()), "vague_lines": len(vague)}
    problems = [
        f"{name} rose from {getattr(limit, name)} to {figure}"
        for name, figure in figures.items()
        if figure > getattr(limit, name)
    ]
    long = limits.too_long(limits.product(), limit)
    problems += [f"{place}: {what}" for place, what in long.items() if place not in limit.exceptions]
    problems += [
        f"limits.toml has an exception for {place}, which is short enough"
        for place in limit.exceptions
        if place not in long
    ]
    print(", ".join(f"{name} {figure} (limit {getattr(limit, name)})" for name, figure in figures.items()))
    if figures["vague_lines"] > limit.vague_lines or "--vague" in options:
        print("\n".join(vague))
    if "--lower" in options:
        _lower({name: figure for name, figure in figures.items() if figure < getattr(limit, name)})
    elif any(figure < getattr(limit, name) for name, figure in figures.items()):
        print("Lower than the limit: run `python -m tests.house --lower` and commit limits.toml.")
    for problem in problems:
        print(f"tests.house: {problem}", file=sys.stderr)
    return 1 if problems else 0


def _lower(figures: dict[str, float]) -> None:
    text = limits.FILE.read_text("utf-8")
    for name, figure in figures.items():
        text = re.sub(rf"^{name} = .*$", f"{name} = {figure}", text, flags=re.MULTILINE)
    limits.FILE.write_text(text, "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
