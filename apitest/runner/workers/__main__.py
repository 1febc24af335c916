"""``python -m apitest.runner.workers``: a worker that is an interpreter of its own, started by its parent only."""

import sys

from apitest.runner.workers import starting, worker

if __name__ == "__main__":
    number, tasks, results, lifeline, shared = map(int, sys.argv[1:])
    starting.run(worker.serve_alone, number, starting.Ends(tasks, results, 1, lifeline, shared))
