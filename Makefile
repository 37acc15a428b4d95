# Two commands on a machine with python3 and make: `make demo` and `make test`. uv is used where it is present.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
NPM := $(shell command -v npm 2>/dev/null)
AXE := node_modules/axe-core/axe.min.js

.PHONY: demo test quick check format benchmark clean

demo: $(VENV)/.installed
	@$(BIN)/rapidata-mcp demo

# Four workers for two cores: many tests wait for a process, a socket or a browser.
TEST = $(BIN)/python -m pytest --numprocesses 4 --dist loadgroup

test: $(VENV)/.installed-dev $(AXE)
	$(TEST)

# Without a browser, PostgreSQL, sockets or other processes.
quick: $(VENV)/.installed-dev
	$(TEST) -m "not browser and not postgresql and not process and not socket"

check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

benchmark: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/cold_start.py
	$(BIN)/python benchmarks/call_latency.py
	$(BIN)/python benchmarks/ledger.py
	$(BIN)/python benchmarks/bulk.py
	$(BIN)/python benchmarks/job_latency.py
	$(BIN)/python benchmarks/results.py
	$(BIN)/python benchmarks/labeling.py

clean:
	rm -rf $(VENV) dist build

# What judges the pages' accessibility; tests that need it say so where it is missing.
$(AXE):
ifdef NPM
	@$(NPM) install --silent --no-save --no-package-lock --ignore-scripts --prefix . axe-core@^4.10 \
	    || echo "npm could not fetch axe-core, so the pages' accessibility is not judged."
else
	@echo "npm is not there, so the pages' accessibility is not judged."
endif

$(VENV)/bin/python:
ifdef UV
	@$(UV) venv --quiet --python $(PYTHON) $(VENV)
else
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1,<27'
endif

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	@echo "Installing rapidata-mcp into $(VENV) ..."
ifdef UV
	@$(UV) pip install --quiet --python $(BIN)/python --editable .
else
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
endif
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "Installing the tools for tests into $(VENV) ..."
ifdef UV
	@$(UV) pip install --quiet --python $(BIN)/python --group dev
else
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
endif
	@touch $@
