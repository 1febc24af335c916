"""``python -m apitest``: the command line."""

from apitest.cli import main

main(prog_name="apitest")
