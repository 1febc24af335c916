"""Tests of apitest_server.deploy.startup_cache."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from apitest_server.deploy import startup_cache
from apitest_server.deploy.startup_cache import Stale, StartupCache
from apitest_server.deploy.store import Deployed
from apitest_server.odb.key import FILE_NAME, SecretKey

FOUND = [Deployed("a", "m:A", "m.py", True)]


def cache(directory: Path, disabled: tuple[str, ...] = (), package: str = "p") -> StartupCache:
    (directory / "src").mkdir(exist_ok=True)
    return StartupCache(
        directory / "cache" / "file", package, (directory / "src",), list(disabled), SecretKey(directory)
    )


def written(directory: Path) -> Path:
    """A cache of one module that is older than any clock's tick; returns the module's file."""
    (directory / "src").mkdir(exist_ok=True)
    module = directory / "src" / "m.py"
    module.write_text("x = 1\n")
    one = cache(directory)
    one.watch()
    assert one.save(FOUND, [str(directory / "src" / "m.py")]) == ""
    return module


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    """Another process with the same sources and settings gets what the first one found."""
    written(tmp_path)
    assert cache(tmp_path).load() == FOUND
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["file"]


def test_no_cache_is_no_reason_to_complain(tmp_path: Path) -> None:
    """At the first start there is none."""
    with pytest.raises(Stale, match=r"^$"):
        cache(tmp_path).load()


def test_a_changed_module_is_noticed(tmp_path: Path) -> None:
    """Also if its size and its time of modification are the same as before."""
    module = written(tmp_path)
    about = module.stat()
    module.write_text("x = 2\n")
    os.utime(module, ns=(about.st_atime_ns, about.st_mtime_ns))
    with pytest.raises(Stale, match="sources have changed"):
        cache(tmp_path).load()


@pytest.mark.parametrize("change", [lambda file: file.unlink(), lambda file: file.with_name("n.py").touch()])
def test_a_module_more_or_less_is_noticed(tmp_path: Path, change: Callable[[Path], None]) -> None:
    """A new file and one that is gone make the cache stale."""
    change(written(tmp_path))
    with pytest.raises(Stale, match="sources have changed"):
        cache(tmp_path).load()


def test_a_file_that_nothing_was_made_of_may_change(tmp_path: Path) -> None:
    """It was not imported, so nothing of it is in the cache; that it is there counts."""
    module = written(tmp_path)
    other = module.with_name("other.py")
    other.write_text("x = 1\n")
    one = cache(tmp_path)
    one.watch()
    found = [Deployed("a", "m:A", str(module), True)]
    one.save(found, [str(module), "elsewhere.py"])
    other.write_text("y = 22\n")
    assert cache(tmp_path).load() == found
    other.unlink()
    with pytest.raises(Stale, match="sources have changed"):
        cache(tmp_path).load()


def test_files_of_unclear_names_all_count(tmp_path: Path) -> None:
    """If a service's file is none of those that were seen, no file is left out."""
    module = written(tmp_path)
    one = cache(tmp_path)
    one.watch()
    one.save([Deployed("a", "m:A", "another/way/to/m.py", True)], ["another/way/to/m.py"])
    module.write_text("y = 22\n")
    with pytest.raises(Stale, match="sources have changed"):
        cache(tmp_path).load()


def test_a_touched_module_is_not_a_changed_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The contents count; they are read again until the stamps prove them, and then no more."""
    module = written(tmp_path)
    now = startup_cache.time.time_ns()
    os.utime(module)
    monkeypatch.setattr(startup_cache.time, "time_ns", lambda: now + 60_000_000_000)
    assert cache(tmp_path).load() == FOUND
    monkeypatch.setattr(startup_cache, "digests", lambda paths: pytest.fail("it was read again"))
    assert cache(tmp_path).load() == FOUND


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("__version__", "0.0.1", "version"),
        ("sys", type("sys", (), {"version": "3.99"}), "another Python"),
    ],
)
def test_another_version_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: object, reason: str
) -> None:
    """Of the product and of Python."""
    written(tmp_path)
    monkeypatch.setattr(startup_cache, name, value)
    with pytest.raises(Stale, match=reason):
        cache(tmp_path).load()


def test_other_settings_are_noticed(tmp_path: Path) -> None:
    """Another section, and a cache that was made by an installation elsewhere."""
    written(tmp_path)
    with pytest.raises(Stale, match="deploy_internal"):
        cache(tmp_path, ("x",)).load()
    with pytest.raises(Stale, match="another place"):
        cache(tmp_path, package="q").load()


def damage(content: bytes) -> list[bytes]:
    head, _, body = content.partition(b"\n")
    foreign = b'{"a": 1}'
    swapped = body.replace(b"m:A", b"m:B")
    return [
        b"",
        content[:-1],
        content[: len(content) // 2],
        head,
        foreign,
        head + b"\n" + swapped,
        b"\0" * len(content),
    ]


def test_a_damaged_file_is_noticed(tmp_path: Path) -> None:
    """Empty, cut off, of zeros, of somebody else, or with one byte changed."""
    written(tmp_path)
    file = tmp_path / "cache" / "file"
    for content in damage(file.read_bytes()):
        file.write_bytes(content)
        with pytest.raises(Stale, match="damaged"):
            cache(tmp_path).load()


def test_a_cache_of_another_server_is_not_used(tmp_path: Path) -> None:
    """Nor is one that is there without the key that it was signed with, or whose key cannot be read."""
    written(tmp_path)
    (tmp_path / FILE_NAME).unlink()
    with pytest.raises(Stale, match="was not written by this server"):
        cache(tmp_path).load()
    (tmp_path / FILE_NAME).unlink()
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(Stale, match="cannot be verified: The server's key cannot be used"):
        cache(tmp_path).load()
    one = cache(tmp_path)
    one.watch()
    assert "The server's key cannot be used" in one.save(FOUND, [])


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    """And the key."""
    written(tmp_path)
    modes = [(tmp_path / name).stat().st_mode & 0o777 for name in ("cache/file", FILE_NAME)]
    assert modes == [0o600, 0o600]


def test_contents_of_another_form_are_noticed(tmp_path: Path) -> None:
    """A signature that is right makes no cache of something else."""
    written(tmp_path)
    body = b"\x93\x01\x02\x03"
    (tmp_path / "cache" / "file").write_bytes(cache(tmp_path)._head(body) + body)
    with pytest.raises(Stale, match="another format"):
        cache(tmp_path).load()


def test_a_file_that_cannot_be_read_or_written_says_so(tmp_path: Path) -> None:
    """A directory in its place is an error of the system, which is told and harms nobody."""
    written(tmp_path)
    file = tmp_path / "cache" / "file"
    file.unlink()
    file.mkdir()
    one = cache(tmp_path)
    with pytest.raises(Stale, match="cannot be read"):
        one.load()
    one.watch()
    assert "directory" in one.save(FOUND, []).lower()
    assert list((tmp_path / "cache").iterdir()) == [file]


def test_sources_that_change_while_they_are_imported_are_not_cached(tmp_path: Path) -> None:
    """Nobody can say which of the two versions was imported."""
    module = written(tmp_path)
    one = cache(tmp_path)
    one.watch()
    module.write_text("x = 22\n")
    assert one.save(FOUND, []) == "the sources changed meanwhile"


def test_many_servers_may_start_at_once(tmp_path: Path) -> None:
    """Whoever reads while others write finds a whole cache."""
    written(tmp_path)
    seen: list[object] = []

    def start() -> None:
        for _ in range(20):
            one = cache(tmp_path)
            one.watch()
            seen.append(one.save(FOUND, []) or one.load() == FOUND)

    threads = [Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [True] * 160
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["file"]


def test_the_version_is_that_of_the_distribution() -> None:
    """What the cache compares is what was installed."""
    from importlib.metadata import version

    assert startup_cache.__version__ == version("apitest")
    assert sys.version
