# `make` alone lists the targets. Each makes what it needs: see .ci/set-up.
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help film every test proof check bench schemas lock clean ready-film ready-test

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

film: ready-film  ## render the whole lesson in draft quality, into media/, and audit it
	@$(BIN)/backgear render --audit

every: ready-test  ## draw and audit every clip in three qualities and both themes, and print a table; it goes on where it was stopped
	@$(BIN)/backgear every

# pytest comes last and runs in any case, so that its closing line ends the output; one failure of the three is enough.
# It runs on all cores, a file of tests in one process, because the films of a file serve all of its tests
test: ready-test  ## check style and types, run every test
	@status=0; \
	$(BIN)/ruff check . || status=1; \
	$(BIN)/mypy || status=1; \
	$(BIN)/pytest -n auto --dist loadfile || status=1; \
	exit $$status

proof: ready-test  ## try the audit on hundreds of planted lies and honest numbers, for minutes
	@$(BIN)/pytest -m proof tests

check: ready-film  ## say whether config.yaml is right
	@$(BIN)/backgear check

bench: ready-test  ## measure core, stage and audit against their bars
	@$(BIN)/python -m studio.bench

schemas: ready-film  ## write the JSON schemas of config.yaml and of the ledger from their models
	@$(BIN)/python -m scenes.parts.settings.schema > config.schema.json.new
	@mv config.schema.json.new config.schema.json
	@$(BIN)/python -m scenes.parts.film.ledger > ledger.schema.json.new
	@mv ledger.schema.json.new ledger.schema.json

# universal: one lock for Python 3.11 to 3.13 and every platform; no address stands in it, so any index will do.
# `make lock UPGRADE=` keeps what is pinned and adds what is new
UPGRADE = --upgrade
COMPILE = build/lock/bin/uv --no-config pip compile pyproject.toml --quiet $(UPGRADE) --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links

lock: ready-film  ## pin the newest packages that fit, in requirements.txt and requirements-dev.txt
	@$(BIN)/python -m venv build/lock && build/lock/bin/pip install --quiet uv
	@$(COMPILE) --group build -o requirements.txt
	@$(COMPILE) --group build --group dev --extra audit -c requirements.txt -o requirements-dev.txt

clean:  ## remove renders and caches; .venv and the pictures in media/ stay
	@rm -rf media/videos media/images media/Tex media/texts media/logs media/stills media/dark media/light build *.egg-info
	@rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find core scenes studio tests -name __pycache__ -type d -prune -exec rm -rf {} +

ready-film:
	@.ci/set-up film

ready-test:
	@.ci/set-up test
