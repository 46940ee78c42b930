# Every target does its own set-up. `make help` lists them.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
SEEDS ?= seeds
SIZES ?= 31000 100000
VENV := .venv
RUN := $(VENV)/bin/python
MANAGE := $(RUN) manage.py

.DEFAULT_GOAL := help
.PHONY: help setup run test check format bench screenshots translations clean

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/.ready: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Set PYTHON=..."; exit 1; }
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV) || { echo "python3-venv is needed (Debian, Ubuntu: apt install python3-venv)"; exit 1; }
	$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.txt
	$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

setup: $(VENV)/.ready $(VENV)/.ready-dev ## make the environment for running and developing

run: $(VENV)/.ready ## import the sample collection (or SEEDS=folder), index it and serve it on HOST:PORT
	@$(MANAGE) migrate --verbosity 0 --skip-checks
	@$(MANAGE) load_synonyms --skip-checks
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(MANAGE) import_articles $(SEEDS) || [ $$? -eq 2 ]  # 2: some items failed, and were told
	@$(MANAGE) find_duplicates
	@$(MANAGE) update_index
	@echo
	@echo "  The archive is on http://$(HOST):$(PORT)/  (stop it with Ctrl-C)"
	@echo "  Its admin is on http://$(HOST):$(PORT)/admin/; make an account with: $(MANAGE) createsuperuser"
	@echo
	@$(VENV)/bin/gunicorn newsroom.wsgi --bind $(HOST):$(PORT) --workers 2 --threads 4 --log-level warning

test: $(VENV)/.ready-dev ## run every test: unit, property, search, browser
	$(RUN) -m pytest $(ARGS)

check: $(VENV)/.ready-dev ## formatting, lint, types, migrations
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(RUN) -m mypy articles
	$(MANAGE) makemigrations --check --dry-run

format: $(VENV)/.ready-dev ## format the code and mend what the linter can
	$(RUN) -m ruff format .
	$(RUN) -m ruff check --fix .

bench: $(VENV)/.ready-dev ## measure import, indexing and search beside other engines: CORPUS=folder, SIZES="31000 100000", KEEP=folder, REPORT=folder
	$(RUN) -m tests.bench --sizes $(SIZES) $(if $(CORPUS),--corpus $(CORPUS)) $(if $(PAIRS),--pairs $(PAIRS)) \
		$(if $(MAP),--map $(MAP)) $(if $(KEEP),--keep $(KEEP)) $(if $(ENGINES),--engines $(ENGINES)) $(if $(ENDURANCE),--endurance $(ENDURANCE)) $(if $(KILLING),--killing $(KILLING)) $(if $(BESIDE),--beside $(BESIDE)) \
		$(if $(REPORT),--json $(REPORT)/bench.json --markdown $(REPORT)/bench.md)

screenshots: $(VENV)/.ready-dev ## take a picture of every type of page, of the samples, into screenshots/ (index.html shows them)
	@rm -rf screenshots && mkdir -p screenshots/data
	@export DATA_DIR=$(CURDIR)/screenshots/data PORT=8765; \
	$(MANAGE) migrate --verbosity 0 --skip-checks && $(MANAGE) load_synonyms --skip-checks && \
	$(MANAGE) collectstatic --noinput --verbosity 0 && \
	{ $(MANAGE) import_articles seeds/web --collection "صفحات محفوظة من الويب" --no-index && $(MANAGE) import_articles seeds --no-index || [ $$? -eq 2 ]; } && \
	$(MANAGE) find_duplicates --all && $(MANAGE) update_index && \
	$(MANAGE) shell -v 0 -c "import json; from tests.browser.pages import addresses; print(json.dumps(addresses()))" > screenshots/pages.json && \
	{ $(VENV)/bin/gunicorn newsroom.wsgi --bind 127.0.0.1:$$PORT --threads 4 --log-level warning & \
	  server=$$!; sleep 3; $(RUN) -m tests.gallery screenshots http://127.0.0.1:$$PORT; kill $$server; }

translations: $(VENV)/.ready-dev ## compile the translations after editing articles/locale/*/LC_MESSAGES/django.po
	$(VENV)/bin/pybabel compile -D django -d articles/locale

clean: ## remove the environment and the caches; the data folder stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
