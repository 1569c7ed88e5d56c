# Everything runs in .venv, which is made on first use from Python, pip's index and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DOCS_READY := $(VENV)/.docs-ready

.PHONY: demo test test-postgres check bench quality read docs screenshots format dist constraints clean

demo: $(READY)  ## the main job, embedded: no token, no network
	$(BIN)/newsdigest demo

test: $(READY)  ## all the tests, on every core: on SQLite, what could differ on PostgreSQL too
	$(BIN)/python -m pytest --numprocesses auto

test-postgres: $(READY)  ## all the tests that have a database, on PostgreSQL
	$(BIN)/python -m pytest --numprocesses auto --database postgresql

check: $(READY)  ## style, types and the layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_layers.py

bench: $(READY)  ## quality and speed on real data beside the checkout; says what is missing and skips it
	$(BIN)/python -m pytest tests/bench tests/chaos -m bench -s

quality: $(READY)  ## all that is measured, or BENCH=stories, written to docs/quality.md with date, version and machine
	$(BIN)/python -m tests.bench.quality $(BENCH)

read: $(READY)  ## summaries of real articles on one page, to be read through: summaries.html
	$(BIN)/python -m tests.bench.sheet summaries.html

docs: $(DOCS_READY)  ## the documents as a site, every warning an error: docs/_build/index.html
	$(BIN)/python -m sphinx --fail-on-warning --keep-going --quiet docs docs/_build

screenshots: $(DOCS_READY)  ## the pictures of the README, by Chromium: docs/pictures
	$(BIN)/python -m tests.pictures docs/pictures

format: $(READY)
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

dist: $(READY)  ## a release: sdist and wheel in dist/, the wheel tried alone in an empty environment
	rm -rf dist
	$(BIN)/python -m build --no-isolation
	$(BIN)/python -m tests.release dist

constraints:  ## resolve the newest versions that fit pyproject.toml and write them down
	rm -rf .venv-constraints
	$(PYTHON) -m venv .venv-constraints
	.venv-constraints/bin/python -m pip install --quiet --upgrade 'pip>=25.1'
	.venv-constraints/bin/python -m pip install --quiet --group dev --group docs '.[semantic,llm,workers]'
	( echo "# Versions that are tested together. Written by 'make constraints'; names no package index."; \
	  .venv-constraints/bin/python -m pip list --format=freeze | grep -viE '^(pip|setuptools|wheel|news-digest-bot)==' ) > constraints.txt
	rm -rf .venv-constraints

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group dev --editable '.[semantic,llm,workers]'
	touch $(READY)

$(DOCS_READY): $(READY)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group docs
	touch $(DOCS_READY)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache build dist docs/_build
