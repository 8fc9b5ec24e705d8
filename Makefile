.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
WORKERS ?= 3

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]' --constraint constraints.txt
	touch $(READY)

.PHONY: setup demo test check bench torture scan-table docs clean help

setup: $(READY) ## Set everything up in .venv
demo: $(READY) ## Watch the whole loop with a sample company; without a terminal it tells the story and counts
	$(BIN)/python -m wizterm demo

test: $(READY) check ## Everything that must hold: the checks, then all tests
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup tests

check: $(READY) ## Style, types and the direction of every import
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --platform win32
	$(BIN)/mypy --platform darwin
	$(BIN)/lint-imports
	$(BIN)/codespell

bench: $(READY) ## Speed beside a peer, measured in the same run
	$(BIN)/python -m benchmarks

torture: $(READY) ## Do everything to it that the world does, and count what is lost: SCALE=100 for a night
	SCALE=$(or $(SCALE),4) $(BIN)/python -m pytest -q -n $(WORKERS) --dist loadgroup tests/torture

scan-table: $(READY) ## Fire codes through a real terminal: SCALE=70 for 10,000 at a millisecond
	SCALE=$(or $(SCALE),2) $(BIN)/python -m pytest -q -rP tests/terminal/test_scanner_table.py | grep '^|'

docs: $(READY) ## Make the pictures and generated pages in docs/ again
	$(BIN)/python -m docs.make

clean: ## Take away what the targets made
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache snapshot_report.html

help: ## Say what each target does
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
