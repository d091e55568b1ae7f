# `make run` starts Janus on this machine, `make test` runs the checks of CI. Both need Python 3.13 only.

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

# One process per core. The tests of a file stay in one process, because they share slow fixtures.
PYTEST := $(PYTHON) -m pytest -n auto --dist loadfile

# Lint and the tests that start no service: run it before every commit.
check: $(INSTALLED) lint
	@$(PYTEST) -m core

# The checks of CI: `check`, then the tests that start moto, Chromium or the stack, and the slow ones.
test: check
	@$(PYTEST) -m "not core"

# The fuzz tests of `make test` with more examples.
fuzz: $(INSTALLED)
	@FUZZ_EXAMPLES=100 $(PYTHON) -m pytest tests/infra/test_described.py tests/api/test_hostile_input.py

# The share of planted mistakes that the tests notice: `make mutants`, or `make mutants MUTANTS="services --seed 2"`.
mutants: $(INSTALLED)
	@$(PYTHON) -m tests.mutants $(MUTANTS)

# Branch coverage of each package against its floor in tests/coverage-floors.toml: `make coverage`, or, for one package,
# `make coverage TESTS=tests/security`.
coverage: $(INSTALLED)
	@$(PYTEST) --cov --cov-report= $(TESTS)
	@$(PYTHON) -m tests.coverage_floors

lint: $(INSTALLED) types-js
	@.venv/bin/ruff check --quiet
	@.venv/bin/ruff format --check --quiet
	@.venv/bin/codespell
	@.venv/bin/mypy --no-error-summary
	@.venv/bin/lint-imports --no-logo

# Check the types of the JavaScript, which are in its JSDoc. Nothing from npm is served or deployed.
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

# `smoke`, `admin` and `migrate` run with the functions' environment: the shell's, or else that of the local stack.
WITH_ENVIRONMENT := test -n "$$JANUS_USERS_TABLE" || test ! -f .janus/$(PORT).env || . ./.janus/$(PORT).env;

# The smoke test of a running stack.
smoke: $(INSTALLED)
	@$(WITH_ENVIRONMENT) $(PYTHON) -m infra.smoke --base-url $(BASE_URL) chalicelib/web/sample.png $(wordlist 1,5,$(PAGES))

# Confirm a registered user's email address and make the user an administrator: `make admin ADDRESS=ann@example.org`.
admin: $(INSTALLED)
	@$(WITH_ENVIRONMENT) $(PYTHON) -m infra.make_admin $(ADDRESS)

# Migrate stored items: `make migrate`, or `make migrate DRY_RUN=1`.
migrate: $(INSTALLED)
	@$(WITH_ENVIRONMENT) $(PYTHON) -m infra.migrations $(if $(DRY_RUN),--dry-run)

# Deploy to AWS, with the credentials and the region of the environment (docs/operations.md). infra/stages.toml has the
# parameters of the stages, build/ the packages.
STAGE ?= dev

package: $(INSTALLED)
	@$(PYTHON) -m infra.package $(STAGE)

deploy: package
	@$(PYTHON) -m infra.deploy up $(STAGE)

rollback destroy drift rotate-keys: $(INSTALLED)
	@$(PYTHON) -m infra.deploy $@ $(STAGE)

# Render the sample and the README's picture again in Chromium.
pictures: $(INSTALLED)
	@$(PYTHON) -m tests.browser.make_sample
	@$(PYTHON) -m tests.browser.take_pictures

# The stamp is newer than the requirements only after all of them are installed.
$(INSTALLED): requirements.txt requirements-vision.txt requirements-models.txt requirements-reference.txt requirements-dev.txt requirements-checkov.txt \
		constraints.txt
	@python=$$(infra/find_python) && echo "Installing the requirements into .venv" && \
	{ test -x $(PYTHON) || $$python -m venv .venv; } && \
	$(PYTHON) -m pip install -qq --disable-pip-version-check -r requirements-dev.txt -c constraints.txt && \
	$(PYTHON) -m pip install -qq --disable-pip-version-check --no-deps -r requirements-models.txt \
	-r requirements-reference.txt && \
	{ test -x .venv/checkov/bin/python || $$python -m venv .venv/checkov; } && \
	.venv/checkov/bin/python -m pip install -qq --disable-pip-version-check -r requirements-checkov.txt && \
	touch $@

# Pin the versions of a fresh installation of the requirements.
constraints:
	@python=$$(infra/find_python) && rm -rf build/constraints && $$python -m venv build/constraints && \
	build/constraints/bin/pip install -qq --disable-pip-version-check -r requirements-dev.txt && \
	build/constraints/bin/pip freeze --exclude-editable > constraints.txt && rm -rf build/constraints
