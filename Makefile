# Everything starts here: `make run` and `make test` need only Python 3, make and the package registries.
SHELL := /bin/bash
.DEFAULT_GOAL := help
UV := .tools/bin/uv
UV_RUN := $(UV) run --frozen --no-sync
PORT ?= 8000
# Told to keep nothing compiled, every process would compile whatever it imports, each time.
unexport PYTHONDONTWRITEBYTECODE

help:                ## show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/:/' | column -t -s:

$(UV):
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))' || { echo "Canvass needs Python 3 to set itself up; install python3 and try again." >&2; exit 2; }
	@python3 -m venv .tools
	@.tools/bin/python -m pip install --quiet uv

.venv/.ready: $(UV) pyproject.toml uv.lock
	@$(UV) sync --frozen --quiet || { echo "No Python 3.12 or newer could be found or fetched; install Python 3.13 and try again." >&2; exit 2; }
	@$(UV_RUN) python -m compileall -q src/canvass .venv/lib/python3*/site-packages/numpy  # else each start may compile them anew
	@touch $@

.venv/.ready-for-tests: .venv/.ready
	@$(UV) sync --frozen --quiet --extra spark --extra embeddings
	@touch $@

setup: .venv/.ready  ## install everything from the lock file

run: setup           ## make the demo and serve it on http://127.0.0.1:8000
	@$(UV_RUN) canvass demo --port $(PORT)

lint: setup          ## style, types and import contracts
	@$(UV_RUN) ruff check .
	@$(UV_RUN) ruff format --check .
	@CANVASS_DATA=.mypy_cache/data $(UV_RUN) mypy
	@$(UV_RUN) lint-imports

test: lint browser java .venv/.ready-for-tests  ## lint, types, import contracts and every test
	@$(UV_RUN) pytest -m "not slow" -n 2 --dist loadfile

test-slow: browser java .venv/.ready-for-tests  ## the drills that take minutes, and the properties on other examples
	@$(UV_RUN) pytest -m slow
	@$(UV_RUN) pytest -m hypothesis --hypothesis-profile search -n 2 --dist loadfile

browser:
	@$(call needs,chromium,chromium,The browser tests need Chromium)

java:
	@$(call needs,java,default-jre-headless,The test on a Spark cluster needs Java 17)

# needs(command, Debian's package, who needs it): install what is missing where that can be done, else say so.
define needs
command -v $(1) >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq $(2) >/dev/null; } || { echo "$(3); install the package '$(2)' and try again." >&2; exit 2; }
endef

.PHONY: help setup run lint test test-slow browser java
