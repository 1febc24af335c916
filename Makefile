# The one door: each target sets up what it needs, the virtual environment included, and can be repeated.
PYTHON ?= python3
VENV := .venv
READY := $(VENV)/.ready
BIN := $(VENV)/bin
# One worker of pytest for each core; the tests of one database stay in one of them.
SIDE_BY_SIDE := --numprocesses auto --dist loadgroup --max-worker-restart 0
LOCKER := .cache/uv

.PHONY: demo test quick pure unit mutants versions features lint bench docs screenshots lock clean

## Sets up a sample project, starts the companion server and runs one against the other.
demo: $(READY)
	@$(BIN)/apitest demo

## Everything that has to hold: lint, unit tests, features against live servers and databases.
test: lint unit versions features pure

## The tests of units, inside the test process, in seconds, and what they cost; all others, whole servers too: `make unit`.
quick: $(READY)
	@$(BIN)/python -m tests.quick

## Whether each pure module is covered by its own test file, in lines and branches.
pure: $(READY)
	@$(BIN)/python -m tests.house.coverage

unit: $(READY)
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) --cov --cov-report=term

## The unit tests on every other supported Python that this machine has.
versions: $(READY)
	@.ci/versions

features: $(READY)
	$(BIN)/python -m tests.acceptance

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m tests.house

## Small mistakes in checks and predicates, one at a time: a test has to fail for each of them.
mutants: $(READY)
	$(BIN)/python -m tests.mutation

## The figures of benchmarks/README.md, measured here; each against a peer or a limit in the same run.
bench: $(READY)
	$(BIN)/python -m benchmarks

## The generated parts of the documents: the sentences, and the modules' rows in ARCHITECTURE.md.
docs: $(READY)
	$(BIN)/apitest steps --format markdown > docs/steps.md
	$(BIN)/python -m tests.house.architecture

## The pictures of the manual, of a server in a real browser.
screenshots: $(READY)
	APITEST_IMAGES=docs/images $(BIN)/python -m pytest -q tests/browser/test_manual.py

## requirements.lock: the newest versions that pyproject.toml allows, for every supported Python and platform.
lock:
	@test -x $(LOCKER)/bin/uv || { $(PYTHON) -m venv $(LOCKER) && $(LOCKER)/bin/python -m pip install --quiet uv; }
	$(LOCKER)/bin/uv pip compile --quiet --upgrade --universal --all-extras --group dev --no-header \
	  --output-file requirements.lock pyproject.toml

$(READY): pyproject.toml requirements.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { \
	  echo "Creating $(VENV) failed; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Setting up $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $(READY)

clean:
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .hypothesis .coverage
