"""What the project promises about personal data: masking, erasure, retention, export."""

from __future__ import annotations

from coaching.erasure import (
    Erasure,
    NothingToErase,
    PurgeReport,
    erase,
    prove_erased,
    purge,
)
from coaching.export import export_conversation
from coaching.masking import Masked, mask
from coaching.pseudonyms import Pseudonyms, load_pseudonyms
from coaching.sqlite_file import ErasureIncomplete, rewrite_if_small

__all__ = [
    "Erasure",
    "ErasureIncomplete",
    "Masked",
    "NothingToErase",
    "Pseudonyms",
    "PurgeReport",
    "erase",
    "export_conversation",
    "load_pseudonyms",
    "mask",
    "prove_erased",
    "purge",
    "rewrite_if_small",
]
