# `make` alone lists the verbs. Each does its own set-up; a second run starts fast.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup demo test check fix worker bench shell lock docs
PORT ?= 8000
PYTHON ?= python3
export PYTHON

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1|/' | while IFS='|' read -r verb text; do printf 'make %-8s %s\n' "$$verb" "$$text"; done

setup: ## everything that demo needs, without starting it
	@. tools/setup.sh && set_up

demo: ## the whole application with demo data on http://127.0.0.1:8000/ (other port: make demo PORT=8080)
	@. tools/setup.sh && need_python && $$PYTHON tools/demo.py --check "$(PORT)" && set_up && exec .venv/bin/python tools/demo.py "$(PORT)"

test: ## all checks and tests, on SQLite and PostgreSQL, with real servers and a real browser
	@bash tools/test.sh

check: ## the checks without the tests: style, imports between layers, templates, migrations, settings
	@. tools/setup.sh && need_pango && need_venv requirements-dev.txt && bash tools/check.sh

fix: ## lays code and templates out as the checks want them
	@. tools/setup.sh && need_venv requirements-dev.txt && bash tools/fix.sh

worker: ## one worker for CELERY_BROKER_URL (the demo starts its own)
	@. tools/setup.sh && need_pango && need_venv && exec nice -n 5 .venv/bin/python -m celery -A khoi_party worker --loglevel INFO

bench: ## measures speed with the demo data on PostgreSQL, writes bench/results.md
	@. tools/setup.sh && need_pango && need_venv && eval "$$(tools/servers.sh start bench)" && trap 'tools/servers.sh stop bench' EXIT && .venv/bin/python bench/run.py

shell: ## a Python prompt with Django and the data
	@. tools/setup.sh && need_venv && exec .venv/bin/python manage.py shell

docs: ## writes docs/regulations from the rule books
	@. tools/setup.sh && need_venv && .venv/bin/python tools/regulations.py

lock: ## compiles requirements*.in into requirements*.txt with hashes
	@. tools/setup.sh && need_venv requirements-dev.txt && bash tools/lock.sh
