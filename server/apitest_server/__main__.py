"""``python -m apitest_server``."""

from apitest_server.cli import main

if __name__ == "__main__":
    main()
