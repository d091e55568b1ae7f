# `make run` starts Janus on this machine, `make test` runs what CI runs. Both need Python 3.13 and nothing else.

PORT ?= 8000
AWS_PORT ?= 5000
BASE_URL ?= http://127.0.0.1:$(PORT)
PAGES ?= $(wildcard ../shared/bench/pages/*.png)
PYTHON := .venv/bin/python
INSTALLED := .venv/.installed

export PORT AWS_PORT

.PHONY: run check test fuzz mutants coverage smoke admin migrate lint format pictures constraints
.PHONY: package deploy rollback destroy drift rotate-keys
.DEFAULT_GOAL := run

run: $(INSTALLED)
	@exec $(PYTHON) -m infra.local

# One process per core. The tests of one file stay in one process, because they share what is slow to set up.
PYTEST := $(PYTHON) -m pytest -n auto --dist loadfile

# Lint and the tests that start nothing: what to run before every commit.
check: $(INSTALLED) lint
	@$(PYTEST) -m core

# What CI runs: `check`, then the tests that start moto, Chromium or the stack, and the slow ones.
test: check
	@$(PYTEST) -m "not core"

# What the running stack answers to a hundred times what `make test` sends it.
fuzz: $(INSTALLED)
	@FUZZ_EXAMPLES=100 $(PYTHON) -m pytest tests/infra/test_described.py tests/api/test_hostile_input.py

# How many of a sample of planted mistakes the tests notice: `make mutants`, or `make mutants MUTANTS="services --seed 2"`.
mutants: $(INSTALLED)
	@$(PYTHON) -m tests.mutants $(MUTANTS)

# Branch coverage of each package against its floor in tests/coverage-floors.toml: `make coverage`, or, to look at one
# package, `make coverage TESTS=tests/security`.
coverage: $(INSTALLED)
	@$(PYTEST) --cov --cov-report= $(TESTS)
	@$(PYTHON) -m tests.coverage_floors

lint: $(INSTALLED) types-js
	@.venv/bin/ruff check --quiet
	@.venv/bin/ruff format --check --quiet
	@.venv/bin/codespell
	@.venv/bin/mypy --no-error-summary
	@.venv/bin/lint-imports --no-logo

# Types of the JavaScript, by its JSDoc. TypeScript comes from npm, and nothing from npm is served or deployed.
TYPESCRIPT := node_modules/.installed
.PHONY: types-js
ifneq ($(shell command -v npm),)
types-js: $(TYPESCRIPT)
	@node_modules/.bin/tsc -p jsconfig.json
else
types-js:
	@echo "Skipped the types of the JavaScript: npm is not installed."
endif

$(TYPESCRIPT): package.json package-lock.json
	@npm ci --loglevel=error --no-audit --no-fund --no-progress >/dev/null && touch $@

format: $(INSTALLED)
	@.venv/bin/ruff check --fix
	@.venv/bin/ruff format

# Against a running stack.
smoke: $(INSTALLED)
	@$(PYTHON) -m infra.smoke --base-url $(BASE_URL) chalicelib/web/sample.png $(wordlist 1,5,$(PAGES))

# Makes a registered user an administrator, with the functions' environment: `make admin EMAIL=ann@example.org`.
admin: $(INSTALLED)
	@$(PYTHON) -m infra.make_admin $(EMAIL)

# Changes what older versions stored, with the functions' environment: `make migrate`, or `make migrate DRY_RUN=1`.
migrate: $(INSTALLED)
	@$(PYTHON) -m infra.migrations $(if $(DRY_RUN),--dry-run)

# Onto AWS, with the credentials and the region of the environment; docs/operations.md says more. What a stage is made
# with is in infra/stages.toml, and what is built in build/.
STAGE ?= dev

package: $(INSTALLED)
	@$(PYTHON) -m infra.package $(STAGE)

deploy: package
	@$(PYTHON) -m infra.deploy up $(STAGE)

rollback destroy drift rotate-keys: $(INSTALLED)
	@$(PYTHON) -m infra.deploy $@ $(STAGE)

# The sample and the README's picture, drawn anew in Chromium.
pictures: $(INSTALLED)
	@$(PYTHON) -m tests.browser.make_sample
	@$(PYTHON) -m tests.browser.take_pictures

# The stamp is newer than the requirements only after all of them were installed.
$(INSTALLED): requirements.txt requirements-vision.txt requirements-models.txt requirements-reference.txt requirements-dev.txt requirements-checkov.txt \
		constraints.txt
	@python=$$(infra/find_python) && echo "Installing what Janus needs into .venv" && \
	{ test -x $(PYTHON) || $$python -m venv .venv; } && \
	$(PYTHON) -m pip install -qq --disable-pip-version-check -r requirements-dev.txt -c constraints.txt && \
	$(PYTHON) -m pip install -qq --disable-pip-version-check --no-deps -r requirements-models.txt \
	-r requirements-reference.txt && \
	{ test -x .venv/checkov/bin/python || $$python -m venv .venv/checkov; } && \
	.venv/checkov/bin/python -m pip install -qq --disable-pip-version-check -r requirements-checkov.txt && \
	touch $@

# Every version that a fresh installation of the requirements brings, for the installations to come.
constraints:
	@python=$$(infra/find_python) && rm -rf build/constraints && $$python -m venv build/constraints && \
	build/constraints/bin/pip install -qq --disable-pip-version-check -r requirements-dev.txt && \
	build/constraints/bin/pip freeze --exclude-editable > constraints.txt && rm -rf build/constraints
