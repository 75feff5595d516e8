"""The command line: thin faces over the pipeline, light to import so that ``--help`` is at once there."""

import sys


def main() -> None:
    """Run ``dateline`` with the process's arguments and exit with its code."""
    from dateline.cli.app import run

    sys.exit(run(sys.argv[1:]))
