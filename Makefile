# Two commands matter: `make serve` and `make test`. Both set up what they need first.
PYTHON ?= python3
PORT ?= 8866
BIN := .venv/bin
READY := .venv/.ready
# Tests and servers start Python some hundred times: it is compiled once.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: serve test check lint unit notebooks browser lock execute screenshot hosting ways bench bench-class bench-class-pages clean

serve: $(READY)
	@$(BIN)/prolo-dash serve --port $(PORT)

test: lint check unit servers notebooks browser

# pip fills the environment from outside, so Debian's python3-venv (ensurepip) is not needed.
PIP := $(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check --root-user-action ignore --no-deps
TEMPLATE := prolo_dash/render/voila/templates/prolo
FRONTEND := frontend/package-lock.json frontend/build.js $(wildcard frontend/src/*.* frontend/src/hosts/*.*)
# Node and npm come from PyPI too: they are in .venv.
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix frontend

.venv/.locked: requirements.lock
	@echo "Setting up .venv (once; a few minutes)"
	@$(PYTHON) -m venv --without-pip --clear .venv
	@$(PIP) --require-hashes -r requirements.lock
	@touch $@

# Again when the page's files change: Voilà and Jupyter read the installed copies.
$(READY): .venv/.locked pyproject.toml hatch_build.py $(FRONTEND) $(wildcard $(TEMPLATE)/*.*) $(TEMPLATE)/static/icon.svg
	@$(PIP) --no-build-isolation --editable .
	@touch $@

lint: $(READY) frontend/node_modules/.tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache
	@$(NPM) run --silent lint

# What checks and tests the front end; a build does without it.
frontend/node_modules/.tools: frontend/package-lock.json | $(READY)
	@$(NPM) ci --no-progress
	@touch $@

check: $(READY)
	$(BIN)/prolo-dash check

unit: $(READY) frontend/node_modules/.tools
	@$(NPM) run --silent test
	$(BIN)/pytest -n auto --no-loadscope-reorder tests --ignore tests/browser --ignore tests/servers

# Commands and servers as people start them, each a process of its own.
servers: $(READY)
	$(BIN)/pytest -n auto --no-loadscope-reorder tests/servers

notebooks: $(READY)
	$(BIN)/pytest -p nbval -p no:python --nbval --nbval-current-env \
	  --nbval-sanitize-with tests/notebooks/sanitize.cfg notebooks

# A missing browser is installed here, for the tests run side by side and would get in each other's way.
browser: $(READY) frontend/node_modules/.tools
	@$(BIN)/python tools/find_browser.py
	@$(BIN)/python tools/find_browser.py firefox
	$(BIN)/pytest -n 2 --dist worksteal tests/browser

# Run the notebooks and keep their outputs: after a change of data or wording.
execute: $(READY)
	$(BIN)/python tools/execute_notebooks.py

screenshot: $(READY)
	$(BIN)/python tools/screenshot.py

# Play deploy/nginx.conf with two servers, one of which is taken away and put back; needs nginx, and is no test.
hosting: $(READY)
	@$(BIN)/python tools/try_nginx.py

# What each way to open the explainer takes, printed: the README's table.
ways: $(READY)
	@$(BIN)/python tools/bench_ways.py

# Times and sizes, printed; takes about 14 minutes and is no test.
bench: $(READY)
	@$(BIN)/python tools/bench.py

# A class of 300 phones: how fast guesses and reveals arrive; a minute or two.
bench-class: $(READY)
	@$(BIN)/python tools/bench_class.py

# The same with 30 real pages in one Chromium; a minute or two.
bench-class-pages: $(READY)
	@$(BIN)/python tools/bench_class_pages.py

# Needs uv; writes the versions and hashes that every install uses.
lock:
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --all-extras \
	  --no-emit-index-url --custom-compile-command "make lock" pyproject.toml -o requirements.lock
	python3 tools/write_environment.py

clean:
	rm -rf .venv build dist test-results frontend/node_modules
