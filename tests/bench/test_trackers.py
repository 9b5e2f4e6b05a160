"""The bounded tracker store agrees with a full replay, with the policies of the real model."""

from __future__ import annotations

import warnings

import pytest

from bench.trackers import compare, load
from opastin.model import ensure_shared_model

SEEDS = range(100_000, 100_008)


@pytest.fixture(scope="module")
def model():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load(ensure_shared_model())


async def test_a_few_conversations_agree(model, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        figures = await compare(model, tmp_path, SEEDS)
    assert figures["differing"] == {}
    assert figures["crashes"] and figures["predictions"] > figures["turns"] > len(SEEDS)


async def test_a_difference_is_noticed(model, tmp_path, monkeypatch):
    # A snapshot that has forgotten the slots.
    monkeypatch.setattr("bot.tracker_store.read_snapshot", _read_without_slots)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        figures = await compare(model, tmp_path, SEEDS)
    assert figures["differing"]


def _read_without_slots(state):
    from bot.snapshot import read_snapshot

    return read_snapshot(state | {"slots": {}})
