"""`opastin restore`: a backup in place of what is there; what was erased since stays erased."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opastin.backup import Manifest, read_manifest
from opastin.errors import UserError
from opastin.progress import Progress, say
from opastin.settings import Settings, load_settings

if TYPE_CHECKING:
    from coaching.privacy import PurgeReport


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Overwrite the databases that are there.")
@click.option(
    "--erased",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An erased.txt saved elsewhere: its conversations are erased again too.",
)
def command(folder: Path, yes: bool, erased: Path | None) -> None:
    """Put the backup in FOLDER in place; stop the service first."""
    settings = load_settings()
    manifest = read_manifest(folder)
    if not yes:
        _refuse_to_overwrite(settings)
    report = restore(settings, folder, manifest, erased=erased, progress=say)
    click.echo(
        f"Restored the backup of {manifest.made_at}. Erased {report.erased_before} conversations "
        f"again that had been erased since, and {report.expired} that are too old by now."
    )


def restore(
    settings: Settings, folder: Path, manifest: Manifest, *, erased: Path | None, progress: Progress
) -> PurgeReport:
    """Restore a backup that was checked, and erase from it what was erased after it."""
    from coaching import traces
    from opastin.dumps import load
    from opastin.home import ensure_home

    addresses = _addresses(settings, manifest)
    _check_key(settings, folder)
    # Read before anything is overwritten.
    listed = _read_erased(settings, folder, erased)
    for file, url in addresses.items():
        progress(f"Restoring {file} ...")
        load(url, folder / file)
    _restore_key(settings, folder)
    known = traces.read_erased(settings.home)
    fresh = {name: moment for name, moment in listed.items() if name not in known}
    traces.remember_erased(settings.home, fresh)
    ensure_home(settings, progress)
    return _purge(settings)


def _refuse_to_overwrite(settings: Settings) -> None:
    from opastin.dumps import holds_anything

    urls = {"conversations": settings.conversations_url, "catalogue": settings.catalog_url}
    there = [name for name, url in urls.items() if holds_anything(url)]
    if there:
        raise UserError(
            f"This would overwrite the {' and the '.join(there)}: make a backup of them, stop the "
            "service, and say --yes."
        )


def _addresses(settings: Settings, manifest: Manifest) -> dict[str, str]:
    """Return where each file belongs, or raise UserError when a database is of another kind."""
    from opastin.dumps import SUFFIXES, kind_of

    urls = {"conversations": settings.conversations_url, "catalog": settings.catalog_url}
    files = dict(manifest.databases)
    if set(files) != set(urls) or not set(files.values()) <= set(manifest.sha256):
        raise UserError("The backup does not hold both databases.")
    if (files["conversations"] == files["catalog"]) != (len(set(urls.values())) == 1):
        raise UserError(
            "The backup keeps both databases in one, or apart: set OPASTIN_CATALOG_URL and "
            "OPASTIN_CONVERSATIONS_URL as they were."
        )
    for name, url in urls.items():
        if Path(files[name]).suffix != SUFFIXES[kind_of(url)]:
            raise UserError(
                f"The backup's {files[name]} is no {kind_of(url)} database: set "
                f"OPASTIN_{name.upper()}_URL to one of the same kind."
            )
    return {files[name]: url for name, url in urls.items()}


def _check_key(settings: Settings, folder: Path) -> None:
    from coaching.pseudonyms import KEY_FILE

    here, there = settings.home / KEY_FILE, folder / KEY_FILE
    if not there.exists():
        raise UserError(f"The backup is not whole: {KEY_FILE} is missing.")
    if here.exists() and here.read_bytes() != there.read_bytes():
        raise UserError(
            f"{here} is not the key that the backup was made with, without which no list of the "
            "erased means anything: move it away if the backup's is to be used."
        )


def _restore_key(settings: Settings, folder: Path) -> None:
    from coaching.pseudonyms import KEY_FILE

    here = settings.home / KEY_FILE
    if here.exists():
        return
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(here, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write((folder / KEY_FILE).read_bytes())


def _read_erased(settings: Settings, folder: Path, extra: Path | None) -> dict[str, datetime]:
    """Return keyed hashes of the erased: of the live database, of the backup and of a list."""
    from coaching import traces
    from opastin.dumps import holds_anything

    listed = traces.read_erased(folder)
    if extra is not None:
        listed |= traces.read_list(extra)
    if holds_anything(settings.conversations_url):
        listed |= _read_live(settings)
    return listed


def _read_live(settings: Settings) -> dict[str, datetime]:
    from sqlalchemy import inspect, select
    from sqlalchemy.exc import DBAPIError

    from coaching.db import open_engine
    from coaching.models import Erased

    engine = open_engine(settings.conversations_url)
    try:
        if not inspect(engine).has_table(Erased.__tablename__):
            return {}
        with engine.connect() as connection:
            rows = connection.execute(select(Erased.id_hash, Erased.erased_at))
            return {row.id_hash: row.erased_at for row in rows}
    except DBAPIError as error:
        raise UserError(
            "The database that is there cannot be read, so nobody knows what was erased in it: "
            "move it away, and say with --erased which list is to be used."
        ) from error
    finally:
        engine.dispose()


def _purge(settings: Settings) -> PurgeReport:
    from coaching.db import open_engine
    from coaching.desk_retention import limits_by, purge_desk
    from coaching.privacy import ErasureIncomplete, load_pseudonyms, purge

    engine = open_engine(settings.conversations_url)
    now = settings.now()
    try:
        purge_desk(engine, limits=limits_by(settings), audit_days=settings.audit_days, now=now)
        names = load_pseudonyms(settings.home)
        return purge(engine, retention_days=settings.retention_days, pseudonyms=names, now=now)
    except ErasureIncomplete as error:
        raise UserError(f"{error} Run `opastin privacy purge`.") from error
    finally:
        engine.dispose()
