# Parley needs Python 3.11 or newer and make; everything else comes from the lock files.
.DEFAULT_GOAL := help
.PHONY: help up test check bench faults format lock venv python local web

PYTHON ?= python3
# What was compiled is kept, whatever the machine's own setting: six services would compile everything at every start.
unexport PYTHONDONTWRITEBYTECODE
IN := .venv/bin/python
WEB := services/gateway/web

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

up: local ## Start Parley here, with its own PostgreSQL, NATS and mailbox; Ctrl-C stops it
	@$(IN) -m deploy.web build
	@exec $(IN) -m deploy.local

test: python ## Every test but the long ones, in Python and in the browser code
	@$(IN) -m deploy.web build
	@$(IN) -m deploy.web test
	@$(IN) -m pytest -n logical --dist loadfile --no-loadscope-reorder $(ARGS)

check: python ## Formatting, types, layering, sizes, generated files, documents
	@$(IN) -m deploy.web install
	@$(IN) -m deploy.check

bench: python ## Measure speed, each figure beside its ceiling (ten minutes)
	@$(IN) -m deploy.web build
	@$(IN) -m tests.bench $(ARGS)

faults: python ## The long fault scenarios: kill, cut, fill and restart everything
	@$(IN) -m deploy.web build
	@$(IN) -m pytest -m long $(ARGS)

format: python ## Rewrite the code in its one format
	@$(IN) -m ruff check --fix --quiet . || true
	@$(IN) -m ruff format .

lock: python ## Choose the packages anew and write requirements/*.lock
	@$(IN) -m deploy.lock $(ARGS)

# Inside: what the targets above stand on.
venv .venv: python

python:
	@$(PYTHON) deploy/install.py dev

local:
	@$(PYTHON) deploy/install.py local

web: python
	@$(IN) -m deploy.web build
