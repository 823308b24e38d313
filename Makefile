# Second Source: `make run` starts a demo school, `make test` checks everything.
# Needs Python 3.11 or newer with its venv module, git and make.

PYTHON ?= python3
BIN := .venv/bin
# One worker a core would be four times the memory and no faster: the browser tests share two.
WORKERS ?= 2

BUILD := setup.cfg pyproject.toml requirements-build.lock tools/install.py
RUNTIME := .venv/.runtime-installed
DEVELOPMENT := .venv/.development-installed

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test lint types check-content check-code chromium test-code test-browser axe bench bench-grading exam faults coverage format lock clean

help: ## Show what can be made
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1|\2/p' Makefile | awk -F'|' '{ printf "  make %-14s %s\n", $$1, $$2 }'

run: $(RUNTIME) ## Install what is missing and start a demo school on this computer
	@exec $(BIN)/quizapp demo

test: $(DEVELOPMENT) chromium check-code check-content test-code test-browser ## Check everything

lint: $(DEVELOPMENT) ## Check the style, the import contracts and the templates
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --lint --quiet quizapp

types: $(DEVELOPMENT) ## Check the types
	$(BIN)/mypy

check-code: lint types ## Check the style and the types

check-content: $(DEVELOPMENT) ## Check the lessons and the questions
	$(BIN)/quizapp content check

chromium: $(DEVELOPMENT) ## Find a Chromium for the browser tests, or install one
	@$(BIN)/python -m tests.support.chromium

test-code: $(DEVELOPMENT) ## Run the tests that need no browser, on both databases
	$(BIN)/pytest --ignore=tests/browser --numprocesses=$(WORKERS)

test-browser: $(DEVELOPMENT) chromium ## Run the tests in a browser
	$(BIN)/pytest tests/browser --numprocesses=$(WORKERS)

axe: $(DEVELOPMENT) chromium ## Look at every page with axe: narrow and wide, light and dark
	QUIZAPP_TEST_LOOKS=all $(BIN)/pytest tests/browser/test_pages_are_accessible.py --numprocesses=$(WORKERS)

faults: $(DEVELOPMENT) ## Break everything around the server for half an hour or so, as root; FAULTS="--only kills" for a part
	$(BIN)/python -m tests.faults $(FAULTS)

bench: $(DEVELOPMENT) ## Measure the goals of performance in five minutes; ARGS=--short to try, ARGS=--markdown for docs/performance.md
	$(BIN)/python -m tests.performance.bench $(ARGS)

bench-grading: $(DEVELOPMENT) ## Measure how many answers a second are scored, type by type
	$(BIN)/python -m tests.performance.grading

exam: $(DEVELOPMENT) ## Hold exams of 300 and 1,200 students on both databases; ARGS="--students 50 --minutes 1" for less
	$(BIN)/python -m tests.performance.exam $(ARGS)

coverage: $(DEVELOPMENT) ## Show which lines no test runs (without the browser tests)
	$(BIN)/pytest --ignore=tests/browser --numprocesses=$(WORKERS) --cov --cov-report=term

format: $(DEVELOPMENT) ## Bring the code into the one style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

lock: $(DEVELOPMENT) ## Pin what the requirements*.in name, with hashes
	$(COMPILE) requirements-build.in --output-file requirements-build.lock
	$(COMPILE) requirements.in --output-file requirements.lock
	$(COMPILE) requirements-dev.in --constraint requirements.lock --output-file requirements-dev.lock

clean: ## Remove what was installed and what the tools left behind
	rm -rf .venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage*

$(RUNTIME): requirements.lock $(BUILD)
	@$(PYTHON) tools/install.py runtime
	@touch $@

$(DEVELOPMENT): requirements-dev.lock requirements.lock $(BUILD)
	@$(PYTHON) tools/install.py development
	@touch $(RUNTIME) $@
