# The commands of this project. Nothing but make and Python 3.11 or newer is needed; PYTHON= names another Python.

.DEFAULT_GOAL := help
VENV := .venv
PORT ?= 8000
HOST ?= 127.0.0.1
export PYTHON VENV
# Stops a half-written stamp from passing for a finished installation.
.DELETE_ON_ERROR:

.PHONY: help
help: ## List these commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 24

.PHONY: serve
serve: $(VENV)/requirements.stamp ## Set up what is missing, then run the site on 127.0.0.1:8000 (PORT=, HOST=)
	@exec $(VENV)/bin/python manage.py serve --host $(HOST) --port $(PORT)

.PHONY: test
test: $(VENV)/requirements-dev.stamp ## Run all tests (DATABASE_URL=postgres://… for PostgreSQL, ARGS= for pytest)
	@exec $(VENV)/bin/python tools/run_tests.py $(ARGS)

.PHONY: lint
lint: $(VENV)/requirements-dev.stamp ## Check the code's style and that no migration is missing
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/python manage.py makemigrations --check --dry-run

.PHONY: bench-export
bench-export: $(VENV)/requirements.stamp ## Measure the export beside wagtail.contrib.forms (ROWS=100000, ARGS=--xlsx)
	@exec $(VENV)/bin/python -m bench.export --rows $(or $(ROWS),100000) $(ARGS)

.PHONY: bench-post
bench-post: $(VENV)/requirements.stamp ## Measure the taking of forms beside wagtail.contrib.forms (POSTS=400)
	@exec $(VENV)/bin/python -m bench.post --posts $(or $(POSTS),400) $(ARGS)

.PHONY: bench-api
bench-api: $(VENV)/requirements.stamp ## Measure the API beside Wagtail's API v2 (REQUESTS=300)
	@exec $(VENV)/bin/python -m bench.api --requests $(or $(REQUESTS),300) $(ARGS)

.PHONY: requirements
requirements: ## Pin the newest allowed version of every package (needs uv)
	UV_CUSTOM_COMPILE_COMMAND="make requirements" uv pip compile --quiet --upgrade --python-version 3.11 requirements.in -o requirements.txt
	UV_CUSTOM_COMPILE_COMMAND="make requirements" uv pip compile --quiet --upgrade --python-version 3.11 requirements-dev.in -o requirements-dev.txt

.PHONY: clean
clean: ## Delete the virtual environment; the database and media in var/ stay
	rm -rf $(VENV) static-build

$(VENV)/%.stamp: %.txt requirements.txt
	@sh tools/install.sh $<
	@touch $@
