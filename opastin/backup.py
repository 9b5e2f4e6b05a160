"""`opastin backup`: both databases and the key of the pseudonyms in one dated folder."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, timezone
from importlib.metadata import version
from pathlib import Path

import click

from opastin.errors import UserError
from opastin.progress import Progress, say
from opastin.settings import Settings, load_settings

MANIFEST = "manifest.json"
LAYOUT = 1
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"opastin-(\d{8}T\d{6}Z)")
_READ_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: files with their digests, and which database each dump is of."""

    layout: int
    made_at: str
    opastin: str
    # `catalog` and `conversations`; the same file where both are one database.
    databases: Mapping[str, str]
    sha256: Mapping[str, str]


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), required=False)
@click.option(
    "--keep-days",
    type=click.IntRange(1),
    help="Remove backups in FOLDER that are older, once the new one is there.",
)
def command(folder: Path | None, keep_days: int | None) -> None:
    """Write a backup into a new folder in FOLDER (HOME/backups); the service may run."""
    settings = load_settings()
    into = folder or settings.home / "backups"
    now = datetime.now(timezone.utc)
    made = make_backup(settings, into, now=now, progress=say)
    click.echo(f"Backed up: {made}")
    if keep_days is not None:
        for old in remove_older(into, than=now - timedelta(days=keep_days)):
            click.echo(f"Removed: {old}")


def make_backup(settings: Settings, into: Path, *, now: datetime, progress: Progress) -> Path:
    """Return the folder of a new backup, which nobody but this account can read."""
    from coaching.pseudonyms import KEY_FILE
    from coaching.traces import ERASED

    key = settings.home / KEY_FILE
    if not key.exists():
        raise UserError(f"There is nothing to back up: {key} is missing; check OPASTIN_HOME.")
    made = into / f"opastin-{now.strftime(_STAMP)}"
    # Half a backup never has the name of a whole one.
    making = into / f".{made.name}.{os.getpid()}"
    try:
        making.mkdir(mode=0o700, parents=True)
        databases = _dump_databases(settings, making, progress)
        for name in filter((lambda name: (settings.home / name).exists()), (KEY_FILE, ERASED)):
            shutil.copyfile(settings.home / name, making / name)
        _write_manifest(making, databases, now)
        making.rename(made)
    except OSError as error:
        raise UserError(f"The backup cannot be written: {error}.") from error
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return made


def read_manifest(folder: Path) -> Manifest:
    """Return what a backup holds, or raise UserError when anything of it is not as it was made."""
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise UserError(
            f"{folder} is no backup of Opastin: its {MANIFEST} is not there."
        ) from error
    if manifest.layout != LAYOUT:
        raise UserError(f"{folder} was made by another version ({manifest.opastin}) of Opastin.")
    for name, digest in manifest.sha256.items():
        if Path(name).name != name or not (folder / name).is_file():
            raise UserError(f"The backup is not whole: {name} is missing.")
        if sha256_of(folder / name) != digest:
            raise UserError(f"The backup is damaged: {name} is not as it was made.")
    return manifest


def remove_older(into: Path, *, than: datetime) -> list[Path]:
    """Remove the backups in a folder that were made before a moment, and return them."""
    removed = []
    for path in sorted(into.iterdir()):
        name = _NAME.fullmatch(path.name)
        if name and datetime.strptime(name[1] + "+0000", _STAMP + "%z") < than:
            shutil.rmtree(path)
            removed.append(path)
    return removed


def sha256_of(path: Path) -> str:
    """Return a file's digest."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_READ_BYTES):
            digest.update(block)
    return digest.hexdigest()


def _dump_databases(settings: Settings, making: Path, progress: Progress) -> dict[str, str]:
    from opastin.dumps import SUFFIXES, dump, kind_of

    databases: dict[str, str] = {}
    dumped: dict[str, str] = {}
    urls = {"conversations": settings.conversations_url, "catalog": settings.catalog_url}
    for name, url in urls.items():
        if url not in dumped:
            progress(f"Copying the {name} ...")
            dumped[url] = f"{name}{SUFFIXES[kind_of(url)]}"
            dump(url, making / dumped[url])
        databases[name] = dumped[url]
    return databases


def _write_manifest(making: Path, databases: Mapping[str, str], now: datetime) -> None:
    manifest = Manifest(
        layout=LAYOUT,
        made_at=now.isoformat(timespec="seconds"),
        opastin=version("opastin"),
        databases=databases,
        sha256={path.name: sha256_of(path) for path in sorted(making.iterdir())},
    )
    text = json.dumps(asdict(manifest), indent=2) + "\n"
    (making / MANIFEST).write_text(text, encoding="utf-8")
    for path in making.iterdir():
        path.chmod(0o600)
