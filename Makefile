# What a person or CI runs. Each target makes what it needs first: `make site` is enough on a
# fresh Debian or Ubuntu with Python 3.11 or newer. (Windows: see the manual; there, pip installs
# the same locked requirements.)

VENV := .venv
PYTHON := $(VENV)/bin/python
# Every package comes from the lock, with its hash checked. --no-deps: the lock is already whole.
INSTALL := $(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps
# Changes which package versions a lock may choose, so it is pinned like them.
LOCKER := uv==0.13.9
LOCK := .lock-venv/bin/python -m uv pip compile pyproject.toml --quiet --no-config --universal \
	--python-version 3.11 --generate-hashes --fork-strategy fewest \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'
# `make lock UPGRADE=1` takes the newest versions, or UPGRADE=name those of one package.
LOCK_UPGRADE := $(if $(UPGRADE),$(if $(filter 1,$(UPGRADE)),--upgrade,--upgrade-package $(UPGRADE)))

# A folder that was moved or a Python that was upgraded leaves a .venv that no longer works: then
# its stamps do not count.
ifneq ($(shell $(PYTHON) -c 'print(open("$(VENV)/made").read(), end="")' 2>/dev/null),$(CURDIR))
REMADE := remade
endif

.DEFAULT_GOAL := help
.PHONY: help site check serve test coverage bench bench-search bench-serve bench-web bench-faults sbom audit wheel offline-bundle lock clean remade
# A stamp that a failed recipe has touched would hide the failure from the next call.
.DELETE_ON_ERROR:

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

site: $(VENV)/installed ## Check the content and build the site into site/
	$(VENV)/bin/site-builder build

check: $(VENV)/installed ## Check the content only
	$(VENV)/bin/site-builder check

serve: $(VENV)/installed ## Show the site on this computer, rebuilt at every change
	$(VENV)/bin/site-builder serve

# pytest stays last: its summary is what CI shows.
test: $(VENV)/installed $(VENV)/tools ## Lint, check types and floors, run all tests
	scripts/install-test-tools.sh
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy
	$(VENV)/bin/lint-imports
	$(PYTHON) -m pytest --numprocesses=auto --dist=loadfile

# Counting lines makes the tests take half as long again: too long for every change.
coverage: $(VENV)/installed $(VENV)/tools ## Run all tests and tell which lines they run
	scripts/install-test-tools.sh
	$(PYTHON) -m pytest --numprocesses=auto --dist=loadfile --cov --cov-report=term

# The tables in bench/README.md are those of the usual sizes with all tools.
bench: $(VENV)/installed ## Time this and other generators (HUGE=1, MODELS=200, ONLY=…, RUNS=5)
	$(PYTHON) bench/run.py $(if $(MODELS)$(ONLY),,--readme) $(if $(HUGE),--huge) \
		$(if $(MODELS),--models $(MODELS)) $(if $(ONLY),--only $(ONLY)) $(if $(RUNS),--runs $(RUNS))

# The collection is not part of the project: bench/README.md says what it has to be.
bench-search: $(VENV)/installed ## Hold the search against others (DOCS=… QUERIES=… SIZES=2884,10000)
	$(PYTHON) bench/search.py $(if $(DOCS),--docs '$(DOCS)') $(if $(QUERIES),--queries '$(QUERIES)') \
		$(if $(SIZES)$(ONLY),,--readme) $(if $(SIZES),--sizes $(SIZES)) \
		$(if $(ONLY),--only $(ONLY)) $(if $(RUNS),--runs $(RUNS))

bench-faults: $(VENV)/installed $(VENV)/tools ## Kill 200 publications at random moments (KILLS=…)
	KILLS=$(or $(KILLS),200) $(PYTHON) -m pytest tests/faults/test_killed_publications.py

bench-serve: $(VENV)/installed $(VENV)/tools ## Put nginx under load, let headers be graded (RUNS=3)
	$(PYTHON) bench/serve.py --readme $(if $(RUNS),--runs $(RUNS))

# The table in bench/README.md is that of all kinds of pages.
bench-web: $(VENV)/installed ## Hold pages against Lighthouse, beside plain Material (ONLY=…, RUNS=5)
	$(PYTHON) bench/web.py $(if $(ONLY),--only '$(ONLY)',--readme) $(if $(RUNS),--runs $(RUNS))

sbom: .trust-venv/made .base-venv/made ## List every package of the site builder (CycloneDX) in dist/sbom.json
	@mkdir -p dist
	.trust-venv/bin/cyclonedx-py environment --pyproject pyproject.toml --mc-type application \
		--output-reproducible --output-format JSON --output-file dist/sbom.json .base-venv/bin/python

audit: .trust-venv/made ## Look for known vulnerabilities, where advisories can be reached
	.trust-venv/bin/python scripts/audit.py

wheel: $(VENV)/installed ## Build the package into dist/; the same code gives the same bytes
	$(PYTHON) -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

offline-bundle: $(VENV)/installed ## Pack all that an office PC without internet needs (ONLY=linux-3.11)
	$(PYTHON) scripts/offline_bundle.py $(ONLY)

lock: ## Lock the requirements again (UPGRADE=1: newest versions; UPGRADE=name: of one package)
	@test -x .lock-venv/bin/python || scripts/make-venv.sh .lock-venv
	.lock-venv/bin/python -m pip install --quiet --disable-pip-version-check '$(LOCKER)'
	$(LOCK) $(LOCK_UPGRADE) --group build --output-file requirements/base.txt
	$(LOCK) $(LOCK_UPGRADE) --group build --group dev --constraint requirements/base.txt \
		--output-file requirements/dev.txt
	$(subst compile pyproject.toml,compile,$(LOCK)) $(LOCK_UPGRADE) --group trust --output-file requirements/trust.txt

clean: ## Remove whatever can be made again
	rm -rf $(VENV) .lock-venv .trust-venv .base-venv site .site-builder build dist .coverage htmlcov
	rm -rf tests/scripts/node_modules bench/web/node_modules
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find site_builder tests -type d -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/made: $(REMADE)
	scripts/make-venv.sh $(VENV)
	@printf '%s' '$(CURDIR)' > $@

$(VENV)/locked: $(VENV)/made requirements/base.txt
	$(INSTALL) --require-hashes --requirement requirements/base.txt
	@touch $@

# The project itself, from this folder: its build backend is in the lock, so nothing is fetched.
$(VENV)/installed: $(VENV)/locked pyproject.toml
	$(INSTALL) --no-build-isolation --editable .
	@touch $@

$(VENV)/tools: $(VENV)/locked requirements/dev.txt
	$(INSTALL) --require-hashes --requirement requirements/dev.txt
	@touch $@

# What the site builder needs and nothing else: its packages as they are on office PCs.
.base-venv/made: requirements/base.txt
	scripts/make-venv.sh .base-venv
	.base-venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
		--require-hashes --requirement requirements/base.txt
	# pip came with this computer's Python: it is none of ours, and differs elsewhere.
	.base-venv/bin/python -m pip uninstall --quiet --yes pip setuptools
	@touch $@

.trust-venv/made: requirements/trust.txt
	scripts/make-venv.sh .trust-venv
	.trust-venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
		--require-hashes --requirement requirements/trust.txt
	@touch $@
