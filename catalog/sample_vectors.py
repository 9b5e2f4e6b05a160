"""Renew the vectors that are shipped with the sample: `python -m catalog.sample_vectors`.

Only what is new is encoded: a second for every five options or so.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from catalog.db import open_engine, upgrade_connection
from catalog.index.encoder import Encoder, load_encoder
from catalog.index.shipped_vectors import SHIPPED, write_shipped
from catalog.index.vectors import make_vectors
from catalog.models import OptionVector
from catalog.sample import load_sample
from opastin.settings import load_settings


def renew_vectors(path: Path, encoder: Encoder) -> int:
    """Write the vectors of the packaged sample and of nothing else; return how many there are."""
    engine = open_engine("sqlite://")
    with engine.begin() as connection:
        upgrade_connection(connection)
    sessions = sessionmaker(engine, future=True)
    with sessions.begin() as session:
        load_sample(session, load_settings().today())
    make_vectors(sessions, encoder)
    with sessions() as session:
        rows = session.execute(select(OptionVector.digest, OptionVector.vector)).all()
    engine.dispose()
    vectors = {bytes(row.digest): bytes(row.vector) for row in rows}
    write_shipped(path, vectors)
    return len(vectors)


def main() -> None:
    """Write the file where the sample finds it."""
    encoder = load_encoder()
    if encoder is None:
        sys.exit("The vectors need the encoder of the extra `bot`.")
    print(f"{renew_vectors(SHIPPED, encoder)} vectors of the sample in {SHIPPED}")


if __name__ == "__main__":
    main()
