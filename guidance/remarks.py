"""A remark about an option, without its wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Remark:
    """A reason, a warning or a notice: its code, and what its text names."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
