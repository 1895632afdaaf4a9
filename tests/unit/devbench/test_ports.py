"""Ports: kept, and moved on when taken."""

import socket

from devbench import settings
from devbench.paths import Bench
from devbench.ports import answers, choose, is_free


def test_the_wanted_port_when_it_is_free():
	assert choose({"http": 8000, "web": 8100}, set(), lambda port: True) == {"http": 8000, "web": 8100}


def test_the_next_free_one_when_it_is_taken():
	assert choose({"http": 8000}, {8001}, lambda port: port != 8000) == {"http": 8002}


def test_no_port_is_promised_twice():
	assert choose({"a": 8000, "b": 8000, "c": 8001}, set(), lambda port: True) == {
		"a": 8000,
		"b": 8001,
		"c": 8002,
	}


def test_the_end_of_the_range_wraps():
	assert choose({"a": 65535}, set(), lambda port: port != 65535) == {"a": 1024}


def test_a_listening_port_is_not_free():
	with socket.socket() as server:
		server.bind(("127.0.0.1", 0))
		server.listen()
		port = server.getsockname()[1]
		assert not is_free(port)
		assert answers(port)
	assert is_free(port)
	assert not answers(port)


def test_groups_keep_their_ports_and_leave_those_of_others(tmp_path, monkeypatch):
	bench = Bench(tmp_path)
	monkeypatch.setattr(settings, "is_free", lambda port: True)
	web = settings.settle_ports(bench, "web", set())
	test = settings.settle_ports(bench, "test", set())
	assert not set(web.values()) & set(test.values())
	monkeypatch.setattr(settings, "is_free", lambda port: port != web["http"])
	moved = settings.settle_ports(bench, "web", set())
	assert moved["http"] not in (web["http"], *test.values())
	assert moved["web"] == web["web"]


def test_a_running_group_is_not_moved(tmp_path, monkeypatch):
	bench = Bench(tmp_path)
	monkeypatch.setattr(settings, "is_free", lambda port: True)
	web = settings.settle_ports(bench, "web", set())
	monkeypatch.setattr(settings, "is_free", lambda port: False)
	assert settings.settle_ports(bench, "web", {"web"}) == web


def test_passwords_are_made_once_and_private(tmp_path):
	bench = Bench(tmp_path)
	first = settings.passwords(bench)
	assert settings.passwords(bench) == first
	assert len(set(first.values())) == len(first)
	assert (bench.run / "passwords.json").stat().st_mode & 0o077 == 0
