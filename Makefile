# Two commands on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLES := $(addprefix sample_submissions/,hochschule-wellenberg hochschule-wellenberg-eigene-tabelle \
	laanemere-rakenduskool stredni-skola-horni-kotehulky brillante-formacion-expres academie-val-fictif \
	stichting-polderbadges kullegg-hagar-fittizja)
# The samples are judged as of a fixed day, so that their reports are the same bytes on every machine.
AS_OF := 2026-09-30

.PHONY: demo test lint bench clean

$(BIN)/qa-toolkit: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.test: $(BIN)/qa-toolkit
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[test,lint]"
	@touch $@

demo: $(BIN)/qa-toolkit
	$(BIN)/qa-toolkit audit $(SAMPLES) --as-of $(AS_OF) --output-dir demo

test: $(VENV)/.test
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(BIN)/qa-toolkit
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[bench]"
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) demo dist
