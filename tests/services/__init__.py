"""Real databases and brokers for the tests: each started on a free local port, with data that is thrown away.

``python -m tests.services run -- COMMAND`` starts all of them, tells COMMAND their addresses in its
environment, and stops them when it ends. The tests' own fixtures are in ``tests/conftest.py``.
"""
