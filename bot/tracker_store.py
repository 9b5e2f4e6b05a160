"""A tracker store in which a long conversation costs no more than a short one.

Every event is stored for ever (until erased), but only the last turns are read back: what came
before stands in a snapshot, from which a few made-up events bring a tracker to the same state.
`retrieve_full_tracker` still replays everything.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, UserUttered, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.pool import SingletonThreadPool

from bot.snapshot import Snapshot, read_snapshot, snapshot_before
from opastin.settings import load_settings

# With 10 turns the next action was the same as after a full replay in every conversation tried;
# with 3 it was not.
TURNS_KEPT = 10

metadata = sa.MetaData()
snapshots = sa.Table(
    "tracker_snapshots",
    metadata,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("watermark", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("updated", sa.Float, nullable=False),
)

logger = logging.getLogger(__name__)

# Built once: building a statement takes longer than SQLite takes for it.
_events = SQLTrackerStore.SQLEvent.__table__
_SENDER = sa.bindparam("sender")
_COUNT_EVENTS = sa.select(sa.func.count()).where(_events.c.sender_id == _SENDER)
_READ_EVENTS = (
    sa.select(_events.c.id, _events.c.data)
    .where(_events.c.sender_id == _SENDER, _events.c.id >= sa.bindparam("since"))
    .order_by(_events.c.id)
)
_ADD_EVENTS = _events.insert()
_READ_SNAPSHOT = sa.select(snapshots.c.watermark, snapshots.c.state).where(
    snapshots.c.sender_id == _SENDER
)
_WRITTEN = {name: sa.bindparam(name) for name in ("watermark", "state", "updated")}
_CHANGE_SNAPSHOT = snapshots.update().where(snapshots.c.sender_id == _SENDER).values(_WRITTEN)
_ADD_SNAPSHOT = snapshots.insert().values(sender_id=_SENDER, **_WRITTEN)


class StoredTracker(DialogueStateTracker):
    """A tracker that knows which of its events the database has."""

    # The events before `made_up` come from a snapshot; those from `stored` on are new.
    made_up = 0
    stored = 0
    # Row numbers of the stored events that are not made up, and of the last one before them.
    rows: tuple[int, ...] = ()
    watermark = 0
    snapshot: Snapshot | None = None


class BoundedTrackerStore(SQLTrackerStore):
    """Keeps all events, replays the last turns of a conversation only."""

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        host: str | None = None,
        turns_kept: int = TURNS_KEPT,
        **kwargs: Any,
    ) -> None:
        """Open the database at the address `host`, by default the conversations' own."""
        self._turns_kept = turns_kept
        address = host or load_settings().conversations_url
        super().__init__(domain=domain, host=address, event_broker=event_broker)
        self.engine.dispose()
        self.engine = open_engine(address)
        self.sessionmaker.configure(bind=self.engine)
        metadata.create_all(self.engine)

    def init_tracker(self, sender_id: str) -> StoredTracker:
        return StoredTracker(sender_id, self.domain.slots, self.max_event_history)

    async def retrieve(self, sender_id: str) -> StoredTracker | None:
        with self.engine.connect() as connection:
            snapshot, watermark = self._read_snapshot(connection, sender_id)
            rows = self._read_events(connection, sender_id, since=watermark)
            if watermark and (not rows or rows[0].id != watermark):
                # The event that the snapshot continues from was erased, so the snapshot is void.
                snapshot, watermark = None, 0
                rows = self._read_events(connection, sender_id, since=0)
        live = rows[1:] if watermark else rows
        if not live:
            return None
        return self._build(sender_id, live, snapshot, watermark)

    async def retrieve_full_tracker(self, sender_id: str) -> StoredTracker | None:
        with self.engine.connect() as connection:
            rows = self._read_events(connection, sender_id, since=0)
        return self._build(sender_id, rows, None, 0) if rows else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        await self.stream_events(tracker)
        with self.engine.begin() as connection:
            stored = self._number_stored(connection, tracker)
            new = list(tracker.events)[stored:]
            if new:
                connection.execute(_ADD_EVENTS, [_row(tracker.sender_id, e) for e in new])
            if isinstance(tracker, StoredTracker):
                self._try_snapshot(connection, tracker)
        if isinstance(tracker, StoredTracker):
            tracker.stored = len(tracker.events)

    def _try_snapshot(self, connection: Connection, tracker: StoredTracker) -> None:
        try:
            # Whatever becomes of it, the events are stored.
            with connection.begin_nested():
                self._write_snapshot(connection, tracker)
        except Exception as error:
            # Nothing is lost: the next turn replays more events than it had to.
            logger.error("A snapshot could not be written: %s", type(error).__name__)

    async def stream_events(self, tracker: DialogueStateTracker) -> None:
        # Rasa's own would retrieve the tracker again to know which events are new.
        if self.event_broker is not None:
            with self.engine.connect() as connection:
                stored = self._number_stored(connection, tracker)
            new = list(tracker.events)[stored:]
            await self._stream_new_events(self.event_broker, new, tracker.sender_id)

    def _build(
        self,
        sender_id: str,
        rows: Sequence[Any],
        snapshot: Snapshot | None,
        watermark: int,
    ) -> StoredTracker:
        made_up = snapshot.events() if snapshot else []
        events = made_up + deserialise_events([json.loads(row.data) for row in rows])
        tracker = StoredTracker.from_events(sender_id, events, self.domain.slots)
        assert isinstance(tracker, StoredTracker)  # noqa: S101 - for the type checker
        tracker.made_up = len(made_up)
        tracker.stored = len(events)
        tracker.rows = tuple(row.id for row in rows)
        tracker.watermark = watermark
        tracker.snapshot = snapshot
        return tracker

    def _number_stored(self, connection: Connection, tracker: DialogueStateTracker) -> int:
        if isinstance(tracker, StoredTracker):
            return tracker.stored
        # Built by somebody else from all events: those beyond the stored ones are new.
        return int(connection.execute(_COUNT_EVENTS, {"sender": tracker.sender_id}).scalar_one())

    def _read_events(self, connection: Connection, sender_id: str, *, since: int) -> list[Any]:
        return list(connection.execute(_READ_EVENTS, {"sender": sender_id, "since": since}))

    def _read_snapshot(self, connection: Connection, sender_id: str) -> tuple[Snapshot | None, int]:
        row = connection.execute(_READ_SNAPSHOT, {"sender": sender_id}).one_or_none()
        if row is None or row.watermark == 0:
            return None, 0
        return read_snapshot(json.loads(row.state)["before"]), row.watermark

    def _write_snapshot(self, connection: Connection, tracker: StoredTracker) -> None:
        cut = self._cut(tracker)
        watermark, snapshot = tracker.watermark, tracker.snapshot
        if cut > tracker.made_up:
            watermark = tracker.rows[cut - tracker.made_up - 1]
            snapshot = snapshot_before(tracker, cut, self.domain.slots)
        state = {
            # What the desk shows; the rest is for this store alone.
            "slots": {k: v for k, v in tracker.current_slot_values().items() if v is not None},
            "before": snapshot.as_dict() if snapshot else None,
        }
        values = {
            "sender": tracker.sender_id,
            "watermark": watermark,
            "state": json.dumps(state),
            "updated": time.time(),
        }
        if connection.execute(_CHANGE_SNAPSHOT, values).rowcount == 0:
            connection.execute(_ADD_SNAPSHOT, values)

    def _cut(self, tracker: StoredTracker) -> int:
        """Return the index of the first event to keep: the message that began a turn."""
        # Only events read from the database have a row number yet; new ones wait a turn.
        known = tracker.made_up + len(tracker.rows)
        turns = [
            index
            for index, event in enumerate(tracker.events)
            if index >= tracker.made_up and isinstance(event, UserUttered)
        ]
        if len(turns) <= self._turns_kept:
            return tracker.made_up
        cut = turns[-self._turns_kept]
        return cut if cut <= known else tracker.made_up


def open_engine(address: str) -> Engine:
    """Open the database; SQLite so that the gateway's process can write at the same time."""
    # Parameters are people's words, and errors are logged.
    options: dict[str, Any] = {"future": True, "hide_parameters": True}
    if make_url(address).get_backend_name() != "sqlite":
        return sa.create_engine(address, pool_pre_ping=True, **options)
    # One connection a thread, kept open: opening one costs more than a turn's reading.
    engine = sa.create_engine(address, poolclass=SingletonThreadPool, **options)
    sa.event.listen(engine, "connect", _share_sqlite)
    return engine


def _share_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 5000")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    # What a snapshot no longer holds must not stay readable in the file.
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }
