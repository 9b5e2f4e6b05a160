"""A model as a later version of the project would have it, made without training."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import yaml

# A slot that trackers of the older model know nothing of.
NEW_SLOT = {
    "added_later": {
        "type": "text",
        "initial_value": "new",
        "influence_conversation": False,
        "mappings": [{"type": "custom"}],
    }
}
METADATA, DOMAIN = "metadata.json", "components/domain_provider/domain.yml"


def make_newer_model(model: Path, folder: Path) -> Path:
    """Return a copy of a model in `folder`, with another slot in its domain."""
    content = folder / "content"
    with tarfile.open(model) as archive:
        archive.extractall(content)  # noqa: S202 - our own training made it
    metadata = json.loads((content / METADATA).read_text(encoding="utf-8"))
    metadata["domain"]["slots"] |= NEW_SLOT
    (content / METADATA).write_text(json.dumps(metadata), encoding="utf-8")
    domain = yaml.safe_load((content / DOMAIN).read_text(encoding="utf-8"))
    domain["slots"] |= NEW_SLOT
    (content / DOMAIN).write_text(yaml.safe_dump(domain, allow_unicode=True), encoding="utf-8")
    newer = folder / "opastin-newer.tar.gz"
    with tarfile.open(newer, "w:gz") as archive:
        for path in content.iterdir():
            archive.add(path, arcname=path.name)
    return newer
