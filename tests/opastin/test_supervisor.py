"""The supervisor with small processes of our own."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import textwrap
import time
from dataclasses import replace
from pathlib import Path

import pytest

from opastin import supervisor
from opastin.errors import UserError
from opastin.supervisor import HOST, Part, Supervisor, free_port

ANSWERING = """
import http.server, os, signal, sys

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *arguments):
        pass

if "stubborn" in sys.argv:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


@pytest.fixture
def part(tmp_path):
    """Make parts that answer, or run other code."""

    def make(code=ANSWERING, *arguments, name="Part"):
        port = free_port()
        return Part(
            name,
            (sys.executable, "-c", textwrap.dedent(code), str(port), *arguments),
            f"http://{HOST}:{port}/",
            {"OPASTIN_TEST": "1"},
            tmp_path / "logs" / "part.log",
        )

    return make


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(supervisor, "BACK_OFF_SECONDS", (0.05,))
    monkeypatch.setattr(supervisor, "STOP_SECONDS", 0.3)
    monkeypatch.setattr(supervisor, "HEALTH_EVERY_SECONDS", 0.05)


def is_alive(process_id):
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


async def until(condition):
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


async def test_parts_are_ready_inside_and_gone_outside(part):
    told = []
    async with Supervisor([part(name="One"), part(name="Two")], say=told.append) as running:
        ids = running.process_ids
        assert set(ids) == {"One", "Two"}
    assert not any(is_alive(process_id) for process_id in ids.values())
    assert sorted(line.split(" is ready")[0] for line in told) == ["One", "Two"]


async def test_parts_come_after_the_gateway(part):
    async with Supervisor([part(name="One")], say=print) as running:
        (process_id,) = running.process_ids.values()
        assert os.getpriority(os.PRIO_PROCESS, process_id) == supervisor.NICENESS
        group = Path(f"/proc/{process_id}/autogroup")
        if group.exists():
            assert group.read_text().endswith(f"nice {supervisor.NICENESS}\n")


async def test_what_dies_is_started_again(part):
    told = []
    async with Supervisor([part()], say=told.append) as running:
        first = running.process_ids["Part"]
        os.kill(first, signal.SIGKILL)
        await until(lambda: len(told) == 3)
        assert running.process_ids["Part"] != first
    assert "ended with status -9" in told[1]
    assert "is ready" in told[2]


async def test_what_stops_answering_is_started_again(part, monkeypatch):
    told = []
    async with Supervisor([part()], say=told.append) as running:
        first = running.process_ids["Part"]
        answers = supervisor._Keeper._answers

        async def deaf_at_first(keeper, session):
            is_first = keeper.process is not None and keeper.process.pid == first
            return False if is_first else await answers(keeper, session)

        monkeypatch.setattr(supervisor._Keeper, "_answers", deaf_at_first)
        await until(lambda: len(told) == 3)
        assert not is_alive(first)
    assert "stopped answering" in told[1]


async def test_a_process_that_does_not_stop_by_itself_is_ended(part):
    told = []
    async with Supervisor([part(ANSWERING, "stubborn")], say=told.append) as running:
        process_id = running.process_ids["Part"]
    assert not is_alive(process_id)
    assert "does not stop by itself" in told[-1]


async def test_what_others_need_while_they_end_ends_last(part, tmp_path, monkeypatch):
    monkeypatch.setattr(supervisor, "STOP_SECONDS", 5.0)
    needed = replace(part(name="Needed"), ends_last=True)
    code = """
        import signal, sys, time, urllib.request
        from pathlib import Path

        def end(*_):
            time.sleep(0.3)
            Path(sys.argv[2]).write_text(str(urllib.request.urlopen(sys.argv[3]).status))
            sys.exit()

        signal.signal(signal.SIGTERM, end)
    """
    code = textwrap.dedent(code) + ANSWERING
    answer = tmp_path / "answer"
    one = part(code, str(answer), needed.health, name="One")
    async with Supervisor([needed, one], say=lambda _: None):
        pass
    assert answer.read_text() == "200"


async def test_a_part_that_cannot_start_is_an_error_that_names_its_log(part):
    good, bad = part(name="Good"), part("print('why'); raise SystemExit(3)", name="Bad")
    with pytest.raises(UserError, match=r"Bad ended with status 3 .*part\.log"):
        async with Supervisor([good, bad], say=lambda line: None):
            pass
    assert b"why" in bad.log.read_bytes()


async def test_being_cancelled_at_the_start_leaves_nothing_running(part):
    made = part("import time; time.sleep(60)")
    starting = Supervisor([made], say=lambda line: None)
    task = asyncio.create_task(starting.__aenter__())
    await until(lambda: starting.process_ids)
    process_id = starting.process_ids["Part"]
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not is_alive(process_id)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such signal")
async def test_children_die_with_a_killed_parent(part, tmp_path):
    made = part()
    code = f"""
        import asyncio, sys
        from pathlib import Path
        from opastin.supervisor import Part, Supervisor

        async def main():
            part = Part("Part", {made.command!r}, {made.health!r}, {{}}, Path({str(made.log)!r}))
            async with Supervisor([part], say=lambda line: None) as running:
                print(running.process_ids["Part"], flush=True)
                await asyncio.sleep(60)

        asyncio.run(main())
    """
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", textwrap.dedent(code), stdout=asyncio.subprocess.PIPE
    )
    child = int(await parent.stdout.readline())
    assert is_alive(child)
    parent.kill()
    await parent.wait()
    await until(lambda: not is_alive(child))


async def test_a_long_log_is_put_aside(part, monkeypatch):
    monkeypatch.setattr(supervisor, "LOG_BYTES", 3)
    made = part()
    made.log.parent.mkdir()
    made.log.write_text("long")
    async with Supervisor([made], say=lambda line: None):
        pass
    assert made.log.with_suffix(".log.1").read_text() == "long"
