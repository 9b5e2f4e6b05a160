# Everything a developer or an operator does, one target each. `make help` lists them.

SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
# Bytecode is compiled at install, so that every later start is ten seconds shorter.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help
help: ## List every target in a line
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.uv/bin/uv:
	@echo "Fetching uv into .uv ..."
	@python3 -m venv .uv
	@.uv/bin/pip install --quiet --disable-pip-version-check uv

$(VENV)/.installed: requirements.lock pyproject.toml | $(filter .uv/bin/uv,$(UV))
	@echo "Installing the locked dependencies into $(VENV) ..."
	@test -x $(BIN)/python || $(UV) venv --quiet --python 3.10 $(VENV)
	@$(UV) pip sync --quiet --require-hashes --compile-bytecode --python $(BIN)/python requirements.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python --editable .
	@touch $@

.PHONY: setup
setup: $(VENV)/.installed ## Create .venv with the locked dependencies

.PHONY: lock
lock: | $(filter .uv/bin/uv,$(UV)) ## Resolve pyproject.toml into requirements.lock
	$(UV) pip compile --quiet --custom-compile-command 'make lock' --generate-hashes --universal --no-emit-index-url --no-emit-find-links \
		--python-version 3.10 --extra bot --extra dev pyproject.toml -o requirements.lock

.PHONY: run
run: setup ## Start the whole service and print its address; Ctrl-C stops it
	@$(BIN)/opastin run $(ARGS)

.PHONY: train
train: setup ## Train the model if it is older than its data
	@$(BIN)/python -c "from opastin.model import ensure_shared_model; ensure_shared_model()"

.PHONY: vectors
vectors: setup ## Renew the sentence vectors that are shipped with the training data and the sample
	@$(BIN)/python -m bot.nlu.shipped_vectors
	@$(BIN)/python -m catalog.sample_vectors

.PHONY: test
test: setup ## Run every test
	@$(BIN)/pytest $(ARGS)

.PHONY: check
check: setup ## Lint, check the format and the types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

.PHONY: audit
audit: setup ## Look the locked packages up among published advisories
	@$(BIN)/python .ci/audit

# Apart from the project's own environment: it needs a newer `packaging` than Rasa takes.
SBOM ?= sbom.json
.PHONY: sbom
sbom: setup ## List the locked packages and their hashes as CycloneDX in sbom.json
	@$(UV) tool run --quiet --python $(BIN)/python --from cyclonedx-bom==7.5.0 cyclonedx-py requirements \
		--pyproject pyproject.toml --output-reproducible --of JSON --no-validate -o $(SBOM) requirements.lock

.PHONY: bench
bench: setup ## Measure turns through the gateway
	@$(BIN)/python -m bench.turns_through_gateway

.PHONY: bench-turns
bench-turns: setup ## Measure turns, start, memory and training next to stock Rasa
	@$(BIN)/python -m bench.turns $(ARGS)

.PHONY: bench-search
bench-search: setup ## Measure imports and searches of large catalogues
	@$(BIN)/python -m bench.search $(ARGS)

.PHONY: bench-takeover
bench-takeover: setup ## Measure a coach's takeover while the bot hangs
	@$(BIN)/python -m bench.takeover $(ARGS)

.PHONY: bench-transcripts
bench-transcripts: setup ## Measure searches of 100,000 transcripts
	@$(BIN)/python -m bench.transcripts $(ARGS)

.PHONY: bench-gateway
bench-gateway: setup ## Measure sockets, what the gateway adds to a turn, and how soon its page is painted
	@$(BIN)/python -m bench.gateway $(ARGS)

.PHONY: bench-soak
bench-soak: setup ## Look whether memory stays flat over 2,000 conversations
	@$(BIN)/python -m bench.soak $(ARGS)

.PHONY: bench-trackers
bench-trackers: setup ## Compare the bounded tracker store with full replays
	@$(BIN)/python -m bench.trackers $(ARGS)

.PHONY: pictures
pictures: setup ## Take the pictures of the documentation anew, with Chromium
	@$(BIN)/python -m pictures $(ARGS)

.PHONY: clean
clean: ## Remove what set-up, training and runs have made
	rm -rf .venv .uv .cache models/*.tar.gz *.egg-info
