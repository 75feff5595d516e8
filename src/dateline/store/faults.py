"""What goes wrong under a casebook, said in words with its cure."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

from dateline.errors import CasebookError, DatelineError

MISSING_PACKAGES = "a casebook needs two more packages. Install them with: pip install 'dateline[casebook]'"
_SAFE = "Nothing that was committed is lost."
_RESTORE = "Restore the file from a copy of the casebook, or code the same inputs into a new one."
_FILE = re.compile(r"[\w.+%=-]+\.(?:parquet|json)\b")

# What the libraries and the system print, what happened, what to do about it. The first match counts.
_FAULTS: tuple[tuple[str, str, str], ...] = (
    (
        r"No space left|os error 28|Disk quota|File too large|os error 27",
        "there is no room left on the disk",
        f"{_SAFE} Free some space and run the same command again; what was staged is not coded again.",
    ),
    (
        r"Permission denied|os error 13|Read-only file system|os error 30|AccessDenied|Operation not permitted",
        "it may not be written",
        "Make the folder writable (chmod -R u+w), or copy it to where you may write.",
    ),
    (
        r"protocol version|reader version|writer version|reader feature|writer feature|[Uu]nsupported.{0,40}feature",
        "its tables use features of a newer Delta Lake",
        "Upgrade: pip install -U 'dateline[casebook]'.",
    ),
    (
        r"No such file|NotFound|not found|does not exist|No files found",
        "one of its files is missing",
        _RESTORE,
    ),
    (
        r"magic bytes|[Pp]arquet|footer|[Cc]orrupt|snappy|zstd|too small|EOF|(?i:json)|Truncated|[Dd]eserialize"
        r"|expected value",
        "one of its files is broken",
        _RESTORE,
    ),
    (
        r"error sending request|timed out|credential|dns error|[Cc]onnect",
        "the object store cannot be reached",
        "Check the address, the network and the credentials (--storage-option or the environment).",
    ),
)


_THEIRS = frozenset({"_internal", "deltalake", "duckdb", "_duckdb", "arro3"})


@contextlib.contextmanager
def explained(where: str) -> Iterator[None]:
    """Turn what deltalake, DuckDB and the system raise inside into a ``CasebookError`` that names the cure."""
    try:
        yield
    except DatelineError:
        raise
    except ImportError as error:
        raise CasebookError(MISSING_PACKAGES) from error
    except BaseException as error:
        if not _is_theirs(error):
            raise
        raise CasebookError(_message(where, str(error))) from error


def _is_theirs(error: BaseException) -> bool:
    """Errors of files, disks and networks; wrong SQL of ours is an error in dateline and stays one."""
    kind = type(error)
    if kind.__name__ in ("BinderException", "CatalogException", "ParserException"):
        return False
    return isinstance(error, OSError) or kind.__name__ == "PanicException" or kind.__module__.split(".")[0] in _THEIRS


def broken(where: str, file: str) -> str:
    """What to say of a file that cannot be what was written."""
    return f"casebook {where}: one of its files is broken ({file}). {_RESTORE}"


def _message(where: str, text: str) -> str:
    """``where`` is the casebook; the file concerned is named where the library names it."""
    for pattern, what, cure in _FAULTS:
        if re.search(pattern, text):
            file = _FILE.search(text) if cure == _RESTORE else None
            named = f" ({file[0]})" if file else ""
            return f"casebook {where}: {what}{named}. {cure}"
    first = " ".join(text.partition("0: <unknown>")[0].split())[:300]
    return f"casebook {where}: {first}. {_SAFE} Run the command again; if it stays, report it."
