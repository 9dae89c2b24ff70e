# Two commands matter: `make run` and `make test`. Both set the checkout up first; `make help` lists the rest.

PY := .venv/bin/python
STAMP := .cache/ready
CODE := bot tests scripts benchmarks

# Tests start hundreds of processes: what Python compiles is kept, whatever the machine says.
unexport PYTHONDONTWRITEBYTECODE

# Everything fetched or made for this checkout lives below .cache.
export PLANTHREAD_CACHE ?= $(CURDIR)/.cache/planthread
ifneq ($(shell test -n "$$HOME" && test -w "$$HOME" && echo yes),yes)
export UV_CACHE_DIR ?= $(CURDIR)/.cache/uv-cache
export UV_PYTHON_INSTALL_DIR ?= $(CURDIR)/.cache/uv-python
endif

# How many workers run the tests: one a core, unless said otherwise.
WORKERS ?= auto
COVERAGE ?= --cov --cov-report=term

.DEFAULT_GOAL := help
.PHONY: help setup run test matrix test-generated emulated seeded-defects peers test-durability soak check format coverage mutants fuzz bench minutes pictures docs clean FORCE

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## Get everything once (the only step that needs a network)
	@echo "setup: everything is here; nothing else needs a network"

$(STAMP): uv.lock pyproject.toml scripts/setup.sh scripts/setup.py templates/fastapi/pyproject.toml templates/fastapi/uv.lock $(if $(wildcard .venv/bin/planthread),,FORCE)
	@sh scripts/setup.sh
	@mkdir -p $(@D) && touch $@

run: $(STAMP) ## The whole product on this machine: prints one address, needs no account, key or network
	@$(PY) -m bot.cli local

test: $(STAMP) ## All tests that this machine allows, with coverage; says what it left out
	@$(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(COVERAGE)

matrix: $(STAMP) ## The whole matrices, of which `make test` takes samples (slow)
	@$(PY) -m pytest -n auto -m matrix

test-generated: $(STAMP) ## Build services and let outside judges look at them (hours; ONLY="3 auth ruff,mypy" for one cell; fetches them once)
	@$(PY) -m tests.generated_services $(ONLY)

emulated: $(STAMP) ## The conversation with a Slack that nobody here wrote (npm's emulate; fetches it once)
	@$(PY) -m pytest -q -m emulated tests

seeded-defects: $(STAMP) ## Put defects into generated services and see who notices (20 minutes; ONLY="'lost filter'" for one)
	@$(PY) -m tests.generated_services.defects $(ONLY)

peers: $(STAMP) ## The same three entities by Planthread and by other generators, before the same judges (ten minutes and more; ONLY=fastcrud for one; fetches them once)
	@$(PY) -m tests.generated_services.peers $(ONLY)

test-durability: $(STAMP) ## Kill the bot at every point of a build (an hour or two; ONLY="'git push'" for some, MOST=2 of each kind)
	@$(PY) -m tests.durability $(ONLY) $(if $(MOST),--most $(MOST))
	@$(PY) -m tests.durability --change $(ONLY) $(if $(MOST),--most $(MOST))
	@$(PY) -m tests.durability --imported $(ONLY) $(if $(MOST),--most $(MOST))
	@$(PY) -m tests.durability --real

soak: $(STAMP) ## Weeks of 50 people and 200 plans, with faults everywhere, in half an hour at most (PLANS=20 for fewer)
	@$(PY) -m tests.soak $(if $(PLANS),--plans $(PLANS))

check: $(STAMP) ## Lint, format, types, floors, lazy command line, generated pages
	@$(PY) -m ruff check $(CODE)
	@$(PY) -m ruff format --check $(CODE)
	@$(PY) -m mypy
	@.venv/bin/lint-imports
	@$(PY) -m pytest -q -o addopts=--strict-markers tests/cli/test_lazy_imports.py
	@$(PY) -m scripts.docs --check

format: $(STAMP) ## Rewrite the code in the house format
	@$(PY) -m ruff check --fix $(CODE)
	@$(PY) -m ruff format $(CODE)

pictures: $(STAMP) ## Take the README's pictures again, of a plan that is made and built in a browser (two minutes)
	@$(PY) -m scripts.pictures

docs: $(STAMP) ## Write the generated parts of docs/ again
	@$(PY) -m scripts.docs

coverage: $(STAMP) ## The tests with branch coverage (slow), branch by branch in htmlcov/
	@$(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder --cov --cov-config=scripts/branch_coverage.toml --cov-report=term --cov-report=html

mutants: $(STAMP) ## Change the checks in small ways and see whether their tests notice (an hour; FILES="cycles.py" for some, FILES=workflow for that room, PLANTHREAD_MUTANT_SAMPLE=600 for so many; fetches mutmut once)
	@.venv/bin/uv run --no-sync --with mutmut==3.8.1 python -m scripts.mutants $(FILES)

fuzz: $(STAMP) ## 200,000 inputs over every reader of planning files (20 minutes); none may raise or hang
	@$(PY) -m scripts.fuzz $(if $(INPUTS),--inputs $(INPUTS))

bench: $(STAMP) ## Benchmarks, each with its numbers
	@$(PY) -m benchmarks

minutes: $(STAMP) ## From a clone to a delivered plan, cold and warm (fetches everything once more)
	@$(PY) -m benchmarks.minutes

clean: ## Remove what tools left behind (.venv and the caches stay)
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis htmlcov .coverage .coverage.* test-artifacts
