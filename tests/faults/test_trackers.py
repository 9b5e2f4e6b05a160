"""What the bot remembers of conversations in which something broke: the same as a full replay."""

from __future__ import annotations

import asyncio
import tarfile
import time
import warnings

import pytest
from sqlalchemy import distinct, select

from bench.trackers import differences
from bot.tracker_store import BoundedTrackerStore
from opastin.model import ensure_shared_model
from tests.faults.crowd import talking_crowd
from tests.faults.newer_model import DOMAIN

# More turns than are kept, so that snapshots are used.
ENOUGH_TURNS = 14


@pytest.fixture(scope="module")
def domain():
    """Return the domain of the model in use."""
    from rasa.shared.core.domain import Domain

    with tarfile.open(ensure_shared_model()) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        file = archive.extractfile(DOMAIN)
        assert file is not None
        return Domain.from_yaml(file.read().decode())


async def test_what_is_remembered_is_what_was_said(topology, domain):
    async with talking_crowd(topology.url, topology.database, count=4) as crowd:
        topology.workers[0].kill()
        began = time.monotonic()
        topology.workers[0].start()
        await crowd.recover(began)
        while len(crowd.turns) < ENOUGH_TURNS * len(crowd.people):
            await asyncio.sleep(0.1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        store = BoundedTrackerStore(domain, host=topology.database)
        # Those of the tests before this one, too, which share the database.
        events = store.SQLEvent.__table__
        with store.engine.connect() as connection:
            senders = list(connection.scalars(select(distinct(events.c.sender_id))))
        assert len(senders) >= len(crowd.people)
        for sender in senders:
            bounded = await store.retrieve(sender)
            full = await store.retrieve_full_tracker(sender)
            assert list(differences(bounded, full)) == []
    store.engine.dispose()
