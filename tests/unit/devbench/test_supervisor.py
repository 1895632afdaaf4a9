"""The supervisor with real processes: what dies comes back, and nothing outlives it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("honcho", reason="needs the bench's environment: run ./clinic test")

from devbench.control import _alive, _members
from devbench.paths import REPO

# Like nginx: a child in the same session that does not notice when its parent is killed.
SERVER = "import subprocess, sys, time; subprocess.Popen(['sleep', '600']); print('up', flush=True); time.sleep(600)"


def wait_for(check, seconds=20):
	deadline = time.monotonic() + seconds
	while time.monotonic() < deadline:
		if result := check():
			return result
		time.sleep(0.05)
	raise AssertionError("did not happen in time")


@pytest.fixture
def group(tmp_path):
	folder = tmp_path / "a group"
	folder.mkdir()
	command = [sys.executable, "-c", SERVER]
	service = {"name": "server", "command": command, "cwd": str(folder), "env": {}}
	(folder / "spec.json").write_text(json.dumps({"services": [service]}))
	process = subprocess.Popen(
		[sys.executable, "-m", "devbench.supervisor", str(folder / "spec.json")],
		cwd=REPO,
		stdout=subprocess.DEVNULL,
		stderr=subprocess.DEVNULL,
		start_new_session=True,
	)
	yield folder, process
	process.kill()
	process.wait()


def server_pid(folder: Path) -> int:
	def read():
		path = folder / "server.pid"
		return int(path.read_text() or 0) if path.exists() else 0

	return wait_for(read)


def sessions(folder: Path, pid: int) -> list[int]:
	return wait_for(lambda: members if len(members := _members({pid}, str(folder))) == 2 else None)


def test_a_killed_server_comes_back_without_its_old_children(group):
	folder, _ = group
	first = server_pid(folder)
	old = sessions(folder, first)
	os.kill(first, signal.SIGKILL)
	wait_for(lambda: (folder / "server.pid").exists() and server_pid(folder) != first)
	wait_for(lambda: not any(_alive(pid) for pid in old))


def test_a_signal_ends_everything(group):
	folder, process = group
	members = sessions(folder, server_pid(folder))
	process.terminate()
	assert process.wait(timeout=20) == 0
	assert not any(_alive(pid) for pid in members)
	assert not (folder / "server.pid").exists()


def test_servers_end_with_a_supervisor_that_is_killed(group):
	folder, process = group
	pid = server_pid(folder)
	sessions(folder, pid)
	process.kill()
	wait_for(lambda: not _alive(pid))
	# What does not notice is found by its session at the next start.
	for left in _members({pid}, str(folder)):
		os.kill(left, signal.SIGKILL)
