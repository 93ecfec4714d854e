# Every verb of the project; `make help` lists them. PYTHON picks the interpreter: make install PYTHON=python3.13

PYTHON ?= python3
HOST ?= http://127.0.0.1:8000
USERS ?= 50
DURATION ?= 60s
TEST_ARGS ?= -n auto
BENCH_ARGS ?=
FEEDS ?= ../shared/feeds
CASES ?= ../shared/similarity

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCKED := $(PIP) install --require-hashes --no-deps -r
INSTALLED := $(VENV)/.installed
TESTABLE := $(VENV)/.testable
LOADABLE := $(VENV)/.loadable

.DEFAULT_GOAL := help
.PHONY: help install serve test test-feeds check format bench bench-similarity bench-figures load lock clean
.DELETE_ON_ERROR:

help:  ## what you are reading
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-17s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(INSTALLED)  ## the program, in .venv, from the hashed lock

serve: $(INSTALLED)  ## the register with demo data on http://127.0.0.1:8000, until Ctrl-C
	@exec $(BIN)/ipregister serve --demo

test: $(TESTABLE)  ## all tests, on a real Postgres and a real OpenSearch that they start themselves
	@exec $(BIN)/python -m pytest $(TEST_ARGS)

test-feeds: $(TESTABLE)  ## the readers over real files: make test-feeds FEEDS=folder
	@exec $(BIN)/python -m pytest tests_feeds --feeds='$(FEEDS)' $(TEST_ARGS)

check: $(LOADABLE)  ## style, format and types, as a change has to pass them
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(TESTABLE)  ## mend style and format where a tool can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(INSTALLED)  ## bytes to records, to the store, to the index, to be found, each beside its limit on this machine
	@exec $(BIN)/python -m loadtests.bench $(BENCH_ARGS)

bench-similarity: $(TESTABLE)  ## marks held confusingly similar: how many are found: make bench-similarity CASES=folder
	@exec $(BIN)/python -m loadtests.bench_similarity '$(CASES)' $(BENCH_ARGS)

bench-figures: $(TESTABLE)  ## portfolios and landscapes over a million records, on both engines, beside their limits
	@exec $(BIN)/python -m loadtests.bench_figures $(BENCH_ARGS)

load: $(LOADABLE)  ## users of three kinds against a running server: make load HOST=… USERS=… DURATION=…
	@exec $(BIN)/locust -f loadtests/locustfile.py --headless --only-summary \
		--host '$(HOST)' --users $(USERS) --spawn-rate $(USERS) --run-time $(DURATION)

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command 'make lock' $(LOCK_ARGS) pyproject.toml --group build

lock: $(TESTABLE)  ## make the locks anew: make lock LOCK_ARGS=--upgrade for newer versions
	$(COMPILE) --output-file requirements/runtime.txt
	$(COMPILE) --group dev --constraint requirements/runtime.txt --output-file requirements/dev.txt
	$(COMPILE) --group dev --group load --constraint requirements/dev.txt --output-file requirements/load.txt
	$(BIN)/python -m tests.servers.opensearch_jars --lock

clean:  ## remove what install, test and check made (the register in ./data stays)
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Each stamp is as new as the lock that it stands for, so a second `make install` has nothing to do.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "ipregister needs Python 3.11 or newer, and $(PYTHON) is not: make install PYTHON=python3.13" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(INSTALLED): $(BIN)/python requirements/runtime.txt pyproject.toml
	@echo "Installing into $(VENV) (once; about a minute)…"
	@$(LOCKED) requirements/runtime.txt
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(TESTABLE): $(INSTALLED) requirements/dev.txt
	@echo "Installing what the tests need (once; with OpenSearch about a minute)…"
	@$(LOCKED) requirements/dev.txt
	@test -n "$$OPENSEARCH_URL" || $(BIN)/python -m tests.servers.opensearch_jars
	@touch $@

$(LOADABLE): $(TESTABLE) requirements/load.txt
	@$(LOCKED) requirements/load.txt
	@touch $@
