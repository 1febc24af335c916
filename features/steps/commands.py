"""Steps about the command line of the companion server, each feature with servers of its own."""

import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from behave import given, step, then, when


@given("a directory for servers")
def a_directory_for_servers(context):
    """What is run, runs there; servers in it are stopped at the end of the scenario."""
    directory = tempfile.TemporaryDirectory(prefix="apitest-servers-")
    context.servers = Path(directory.name)
    context.add_cleanup(directory.cleanup)
    context.add_cleanup(stop_all, context.servers)


@given('the file "{name}" holds')
def the_file_holds(context, name):
    """A file below the directory, written anew."""
    (context.servers / name).parent.mkdir(parents=True, exist_ok=True)
    (context.servers / name).write_text(context.text + "\n", "utf-8")


@given('the line "{old}" of the file "{name}" is replaced with "{new}"')
def the_line_is_replaced(context, old, name, new):
    """A whole line of a file below the directory."""
    path = context.servers / name
    lines = path.read_text("utf-8").splitlines()
    assert old in lines, f"There is no such line in {lines}"
    path.write_text("".join(f"{new if line == old else line}\n" for line in lines), "utf-8")


@given('the file "{name}" is deleted')
def the_file_is_deleted(context, name):
    """A file below the directory."""
    (context.servers / name).unlink()


@given("a port that somebody listens on")
def a_port_in_use(context):
    """Commands name it as $PORT_IN_USE."""
    taken = socket.create_server(("127.0.0.1", 0))
    context.add_cleanup(taken.close)
    os.environ["PORT_IN_USE"] = str(taken.getsockname()[1])


@given('a free port, named "{name}"')
def a_free_port(context, name):
    """An environment variable of that name has it."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        os.environ[name] = str(found.getsockname()[1])


@when('the server "{name}" is killed')
def is_killed(context, name):
    """With a signal that it cannot catch."""
    running = json.loads((context.servers / name / ".running").read_text())
    os.kill(running["pid"], signal.SIGKILL)


@when('"{command}" is run')
def is_run(context, command):
    """A command of apitest; what it prints and how it ends is for the next steps."""
    words = [os.path.expandvars(word) for word in shlex.split(command)]
    assert words[0] == "apitest", "Only apitest is run"
    context.done = subprocess.run(
        [sys.executable, "-m", "apitest", *words[1:]],
        cwd=context.servers,
        env=dict(os.environ),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@then('it exits with "{status}"')
def it_exits_with(context, status):
    """The exit status; what was printed is told where it is another one."""
    assert context.done.returncode == int(status), context.done


@step('it prints "{text}"')
def it_prints(context, text):
    """Somewhere on standard output."""
    assert text in context.done.stdout, context.done


@step('its errors have "{text}"')
def its_errors_have(context, text):
    """Somewhere on standard error, and no traceback."""
    assert text in context.done.stderr, context.done
    assert "Traceback" not in context.done.stderr, context.done


@then('within "{seconds}" seconds, "{path}" of the server "{name}" answers "{text}"')
def answers_within(context, seconds, path, name, text):
    """A GET, again and again until then."""
    address = json.loads((context.servers / name / ".running").read_text())["address"]
    end = time.monotonic() + float(seconds)
    while (said := answer(address + path)) != text:
        assert time.monotonic() < end, f"It answers {said}"
        time.sleep(0.02)


@then('the log of the server "{name}" has "{text}"')
def the_log_has(context, name, text):
    """A line of the log has this in it; lines are written together, so it may take a moment."""
    path = context.servers / name / "server.log"
    for _ in range(100):
        if text in path.read_text("utf-8"):
            return
        time.sleep(0.02)
    raise AssertionError(path.read_text("utf-8"))


@then('within "{seconds}" seconds, the log of the server "{name}" has "{text}" "{times}" times')
def the_log_has_times(context, seconds, name, text, times):
    """So often, and not more often."""
    path, end = context.servers / name / "server.log", time.monotonic() + float(seconds)
    while (found := path.read_text("utf-8").count(text)) != int(times):
        assert time.monotonic() < end and found < int(times), path.read_text("utf-8")
        time.sleep(0.02)


# Names such as #name in these are for apitest's steps, not for commands.
for function in (the_file_holds, is_run, it_prints, its_errors_have, the_log_has, the_log_has_times):
    function.__apitest_raw__ = True


def answer(address):
    try:
        with urlopen(address, timeout=10) as response:
            return response.read().decode()
    except OSError as error:
        return str(error)


def stop_all(directory):
    for path in directory.glob("*/.running"):
        command = [sys.executable, "-m", "apitest_server", "stop", str(path.parent)]
        subprocess.run(command, capture_output=True, check=False)
