# The project's recipes: `just` lists them. Each runs in .venv, which `just setup` makes.

bin := ".venv/bin"

_default:
    @just --list

# make .venv with everything that tests and linters need
setup:
    python3 -m venv .venv && .venv/bin/pip install -e '.[dev]'

# add what training needs: torch, onnx, the encoder's weights
setup-train: setup
    {{bin}}/pip install -e '.[train]'

# code the bundled report
demo:
    {{bin}}/dateline demo

# put fresh output into the README's examples
readme:
    {{bin}}/python docs/rerun.py

# run the tests
test *arguments:
    {{bin}}/pytest {{arguments}}

# check style
lint:
    {{bin}}/ruff check
    {{bin}}/ruff format --check

# check types; those of training/ too where torch is installed
types:
    {{bin}}/mypy
    if {{bin}}/python -c 'import torch' 2>/dev/null; then {{bin}}/mypy training; else echo "training/ is not checked: torch is not installed"; fi

# score the coder on a folder of annotated documents, beside the baseline; fails when a figure sinks below its floor
eval folder *arguments:
    {{bin}}/python -m evals.gate {{folder}} {{arguments}}

# measure start, memory, speed and sizes
bench *arguments:
    {{bin}}/python -m benchmarks.speed {{arguments}}

# train the reader on a folder of annotated documents and put its weights into the package
train annotated *arguments:
    {{bin}}/python -m training.train --annotated {{annotated}} --work build/training --out build/training/reader.pt {{arguments}}
    {{bin}}/python -m training.export build/training/reader.pt src/dateline/reading/weights
