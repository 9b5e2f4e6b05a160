"""Starting the service."""

from __future__ import annotations

import resource
import socket

import pytest

from opastin.errors import UserError
from opastin.run import MOST_FILES, allow_many_sockets, open_socket
from opastin.settings import Settings
from opastin.workers import choose_ports, inner_parts, worker_parts


def test_a_port_in_use_is_one_clear_sentence():
    with open_socket("127.0.0.1", 0) as other:
        port = other.getsockname()[1]
        with pytest.raises(UserError, match=f"^Port {port} is in use: .*--port.$"):
            open_socket("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "port"), [("no.such.host.invalid", 8080), ("127.0.0.1", 70000), ("192.0.2.1", 8080)]
)
def test_an_address_that_cannot_be_listened_on_is_the_users_to_mend(host, port):
    with pytest.raises(UserError, match="--host and --port"):
        open_socket(host, port)


def test_the_socket_can_be_reached_at_once():
    with open_socket("127.0.0.1", 0) as gateway, socket.create_connection(gateway.getsockname()):
        pass


def test_no_low_limit_of_open_files_keeps_people_out():
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    # As many systems start a process; what is open already stays open.
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(256, limits[1]), limits[1]))
    try:
        allow_many_sockets()
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] >= min(limits[1], MOST_FILES)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)


def test_the_secret_is_in_the_environment_and_not_in_the_arguments(tmp_path):
    settings = Settings(home=tmp_path, catalog_url="a", conversations_url="postgresql://u:hush@h/d")
    rasa, actions = inner_parts(settings, tmp_path / "model.tar.gz", 1, 2)
    for part in (rasa, actions):
        assert part.environment["OPASTIN_INNER_SECRET"] == settings.inner_secret
        assert part.environment["OPASTIN_CONVERSATIONS_URL"] == settings.conversations_url
        arguments = " ".join(part.command)
        assert settings.inner_secret not in arguments and "hush" not in arguments
    assert "127.0.0.1" in rasa.health and "127.0.0.1" in actions.health


def test_workers_are_told_apart_and_take_one_core_each(tmp_path):
    settings = Settings(home=tmp_path, catalog_url="a", conversations_url="b")
    parts = worker_parts(settings, tmp_path / "model.tar.gz", [(1, 2), (3, 4)])
    assert [part.name for part in parts] == [
        "Rasa 1",
        "The action server 1",
        "Rasa 2",
        "The action server 2",
    ]
    assert len({part.log for part in parts}) == len({part.health for part in parts}) == 4
    assert {part.environment["OMP_NUM_THREADS"] for part in parts} == {"1"}


def test_lines_of_all_processes_go_to_standard_error_where_that_is_asked_for(tmp_path):
    settings = Settings(home=tmp_path, catalog_url="a", conversations_url="b", log_to="stderr")
    parts = worker_parts(settings, tmp_path / "model.tar.gz", [(1, 2), (3, 4)])
    assert {part.log for part in parts} == {None}
    assert {part.environment["OPASTIN_LOG_TO"] for part in parts} == {"stderr"}


def test_ports_of_several_workers_that_would_meet_are_refused(tmp_path):
    settings = Settings(
        home=tmp_path, catalog_url="a", conversations_url="b", rasa_port=5005, actions_port=5006
    )
    ports = [choose_ports(settings, number) for number in range(2)]
    with pytest.raises(UserError, match="at least 2 ports between"):
        worker_parts(settings, tmp_path / "model.tar.gz", ports)
