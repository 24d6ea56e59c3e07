"""``python -m py_export``: the command line program."""

from __future__ import annotations

import sys

from py_export.cli import main

if __name__ == "__main__":
    sys.exit(main())
