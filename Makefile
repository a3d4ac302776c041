# The two commands are `make run` and `make test`; the others are their parts.
SHELL := /bin/bash
PY := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help run test setup setup-dev system messages lint types proof lock clean

help: ## show the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: setup ## set everything up and serve the portal with its content on http://localhost:8000
	@$(PY) manage.py serve

test: setup-dev ## set everything up and run every test, on SQLite and (when it is there) PostgreSQL, and in a browser
	@bash .ci/run tests

setup: .venv/.stamp-run messages
setup-dev: .venv/.stamp-dev messages

.venv/bin/python:
	@command -v python3.11 >/dev/null || { echo "Python 3.11 is needed: install it (Debian: apt-get install python3.11 python3.11-venv) and try again."; exit 1; }
	python3.11 -m venv .venv

# pip would compile every module of every package; Python does that for those that are used, when they are.
.venv/.stamp-run: requirements.txt | .venv/bin/python
	@bash .ci/system leaflet
	.venv/bin/pip install --quiet --no-compile --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/.stamp-dev: requirements-dev.txt | .venv/bin/python
	@bash .ci/system leaflet browser
	.venv/bin/pip install --quiet --no-compile --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/.stamp-run

messages: ## compile the English catalogue
	@.venv/bin/pybabel -q compile --domain django --directory locale --locale en --use-fuzzy

lint: setup-dev ## format, lint, types, import contracts and everything else that must be clean
	@bash .ci/run lint types

proof: setup-dev ## hold every public page, the API and the catalogue against tools of others
	@bash tests/proof/run

lock: ## write the hashed requirements files from pyproject.toml, and that of the peers of the bench
	.venv/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements.txt pyproject.toml
	.venv/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --extra dev --output-file requirements-dev.txt pyproject.toml
	.venv/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file tests/bench/peers/requirements.txt tests/bench/peers/requirements.in

clean: ## forget everything that was set up here
	rm -rf .venv var staticfiles .mypy_cache .ruff_cache .pytest_cache
