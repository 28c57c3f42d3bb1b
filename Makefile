# The two commands a newcomer needs: `make demo` and `make test`.
# `uv` is used where it is installed, python3's own venv and pip where it is not.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
MANAGE := $(BIN)/python manage.py
WORKERS ?= auto

.DEFAULT_GOAL := help
.PHONY: help install demo test stress check fix browser screenshots benchmarks clean

help:
	@echo "make demo         a demo city on http://127.0.0.1:$(PORT)/ with sign-ins for each role"
	@echo "make test         every test, in a real browser too"
	@echo "make stress       the same with races and kills tried many times over"
	@echo "make check        format, lint, types, templates, migrations, production settings"
	@echo "make fix          format and mend what can be mended by itself"
	@echo "make install      only the environment, in $(VENV)"
	@echo "make benchmarks   the figures of docs/benchmarks.md"
	@echo "make screenshots  the pictures in docs/, from a running demo city"

install: $(VENV)/.demo-installed

$(VENV)/.demo-installed: pyproject.toml uv.lock
	@.ci/install-packages "$(PYTHON)" "$(UV)" demo
	@touch $@

$(VENV)/.dev-installed: pyproject.toml uv.lock
	@.ci/install-packages "$(PYTHON)" "$(UV)" dev
	@touch $@ $(VENV)/.demo-installed

demo: install
	@DEBUG=false $(MANAGE) demo --port $(PORT)

browser: $(VENV)/.dev-installed
	@.ci/install-browser

test: $(VENV)/.dev-installed browser
	$(BIN)/pytest -n $(WORKERS) $(PYTEST_ARGS)

stress: $(VENV)/.dev-installed browser
	STRESS=1 $(BIN)/pytest -n $(WORKERS) $(PYTEST_ARGS)

check: $(VENV)/.dev-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet templates
	$(MANAGE) makemigrations --check --dry-run
	.ci/check-deploy

fix: $(VENV)/.dev-installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

screenshots: $(VENV)/.dev-installed browser
	$(BIN)/python docs/make_screenshots.py

benchmarks: $(VENV)/.dev-installed
	$(BIN)/python tests/benchmarks/import_homes.py
	$(BIN)/python tests/benchmarks/pages.py
	$(BIN)/python tests/benchmarks/letters.py
	$(BIN)/python tests/benchmarks/mailing.py
	$(BIN)/python tests/benchmarks/patch_design.py
	$(BIN)/python tests/benchmarks/designs.py

clean:
	rm -rf $(VENV) staticfiles .pytest_cache .mypy_cache .ruff_cache
