# Everything a person runs. Each target does its own set-up; nothing is installed outside .venv.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
EVAL   ?= ../shared/eval
SIM    ?= 90 200 2019 6

.PHONY: run demo test check bench soak eval lock format clean

$(VENV)/stamp: requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

run: $(VENV)/stamp            ## the service: schedule, checks, digests, web, until Ctrl-C
	$(BIN)/kuaixun run $(ARGS)

demo: $(VENV)/stamp           ## September 2019 replayed on simulated sites, in a temporary folder
	$(BIN)/kuaixun demo $(ARGS)

test: $(VENV)/stamp           ## all tests, with branch coverage
	$(BIN)/python -m pytest --cov --cov-branch --cov-report=term:skip-covered

check: $(VENV)/stamp          ## format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: $(VENV)/stamp          ## speed and memory beside a bare httpx loop (docs/benchmarks.md)
	$(BIN)/python -m tests.bench

soak: $(VENV)/stamp           ## the long simulation: SIM="DAYS COLUMNS SEED HOURS" (docs/reliability.md)
	$(BIN)/python -m monitor.demo.sim $(SIM)

eval: $(VENV)/stamp           ## the scoreboard of reading and filing on labelled files (docs/evaluation.md)
	@set -- $(EVAL)/*.jsonl; if [ ! -e "$$1" ]; then echo "no labelled files in $(EVAL): nothing to evaluate"; exit 0; fi; \
	for file in "$$@"; do echo "== $$file"; $(BIN)/kuaixun evaluate "$$file" || exit; done

format: $(VENV)/stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/stamp           ## write the lock anew: names, versions and hashes, no address
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --extra dev --extra attachments --extra postgres --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --no-annotate -o requirements-dev.lock pyproject.toml

clean:
	rm -rf $(VENV) build dist *.egg-info .coverage htmlcov .mypy_cache .ruff_cache .pytest_cache
