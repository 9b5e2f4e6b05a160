"""The command line on a model of a test's choice, which is its first argument."""

from __future__ import annotations

import sys
from pathlib import Path

from opastin import model
from opastin.cli import main

if __name__ == "__main__":
    chosen = Path(sys.argv.pop(1))
    model.current_model = lambda: chosen
    main()
