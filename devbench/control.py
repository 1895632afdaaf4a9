"""Starting, stopping and looking at process groups."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

from devbench.paths import Bench
from devbench.ports import answers
from devbench.services import DATA, bench_env, spec_path
from devbench.stamp import read_json
from devbench.ui import Stop


def _is_ours(pid: int, marker: str) -> bool:
	"""True when the process exists and its command line or folder speaks of this bench.

	Process ids are given out again after a restart of the machine: a number alone proves nothing.
	"""
	folder = Path(f"/proc/{pid}")
	try:
		text = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
		return marker in text or os.readlink(folder / "cwd").startswith(marker)
	except OSError:
		return False


def _pid(path: Path, marker: str) -> int | None:
	"""The process a pid file speaks of, if it is still that one."""
	try:
		pid = int(path.read_text())
	except (OSError, ValueError):
		return None
	return pid if _is_ours(pid, marker) else None


def supervisor_pid(bench: Bench, group: str) -> int | None:
	"""The supervisor of a group, if it runs."""
	return _pid(spec_path(bench, group).parent / "supervisor.pid", str(spec_path(bench, group)))


def known_groups(bench: Bench) -> set[str]:
	"""Names of all groups that were ever defined."""
	folder = bench.run / "groups"
	return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def running_groups(bench: Bench) -> set[str]:
	"""Names of the groups whose supervisor runs."""
	return {name for name in known_groups(bench) if supervisor_pid(bench, name)}


def service_states(bench: Bench, group: str) -> list[dict[str, Any]]:
	"""What each process of a group does now."""
	path = spec_path(bench, group)
	states = []
	for service in read_json(path).get("services", []):
		pid = _pid(path.parent / f"{service['name']}.pid", str(bench.root))
		up = bool(pid) and (not service["port"] or answers(service["port"]))
		state = "running" if up else "starting" if pid else "stopped"
		states.append(
			{"name": service["name"], "group": group, "state": state, "pid": pid, "port": service["port"]}
		)
	return states


def _end(pids: list[int], seconds: float) -> list[int]:
	"""Ask processes to end; return those that are still there after the time."""
	for pid in pids:
		with suppress(ProcessLookupError):
			os.kill(pid, signal.SIGTERM)
	deadline = time.monotonic() + seconds
	while pids and time.monotonic() < deadline:
		pids = [pid for pid in pids if _alive(pid)]
		time.sleep(0.05)
	return pids


def _alive(pid: int) -> bool:
	"""True while a process runs; one that only waits to be collected by its parent has ended."""
	try:
		state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
	except (OSError, IndexError):
		return False
	return state != "Z"


def _members(leaders: set[int], marker: str) -> list[int]:
	"""Processes of this bench in the sessions of these leaders, whether or not a leader still lives.

	Every service is started in a session of its own, which its children share.
	"""
	found = []
	for folder in Path("/proc").glob("[0-9]*"):
		try:
			session = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[3])
		except (OSError, IndexError, ValueError):
			continue
		if session in leaders and _is_ours(int(folder.name), marker):
			found.append(int(folder.name))
	return found


def clear_leftovers(bench: Bench, group: str) -> None:
	"""End processes that outlived a supervisor or a server that was killed."""
	folder = spec_path(bench, group).parent
	leaders = set()
	for path in folder.glob("*.pid"):
		with suppress(OSError, ValueError):
			leaders.add(int(path.read_text()))
	if leaders:
		for pid in _end(_members(leaders, str(bench.root)), 45):
			with suppress(ProcessLookupError):
				os.kill(pid, signal.SIGKILL)
	for path in folder.glob("*.pid"):
		path.unlink(missing_ok=True)


def start(bench: Bench, group: str) -> None:
	"""Start a group's supervisor unless it runs."""
	if supervisor_pid(bench, group):
		return
	clear_leftovers(bench, group)
	log = bench.logs / f"{group}.log"
	if log.exists():
		log.replace(log.with_suffix(".log.1"))
	with log.open("ab") as output:
		child = subprocess.Popen(
			[str(bench.python), "-m", "devbench.supervisor", str(spec_path(bench, group))],
			cwd=bench.root,
			env={**os.environ, **bench_env(bench)},
			start_new_session=True,
			stdin=subprocess.DEVNULL,
			stdout=output,
			stderr=output,
		)
	(spec_path(bench, group).parent / "supervisor.pid").write_text(str(child.pid))
	_wait_for_name(bench, group, child)


def _wait_for_name(bench: Bench, group: str, child: subprocess.Popen, seconds: float = 10) -> None:
	"""Wait until the new process is known by its command line.

	The kernel lets go of us a moment before it shows the new command line: on a busy machine the
	supervisor would be taken for gone before it had begun.
	"""
	deadline = time.monotonic() + seconds
	while not supervisor_pid(bench, group) and child.poll() is None and time.monotonic() < deadline:
		time.sleep(0.02)


def stop(bench: Bench, group: str) -> bool:
	"""Stop a group and whatever is left of it; True when it was running."""
	pid = supervisor_pid(bench, group)
	if pid:
		for left in _end([pid], 60):
			with suppress(ProcessLookupError):
				os.kill(left, signal.SIGKILL)
	clear_leftovers(bench, group)
	return bool(pid)


def stop_all(bench: Bench) -> bool:
	"""Stop every group, the databases last."""
	groups = sorted(known_groups(bench), key=lambda name: name == DATA)
	return any([stop(bench, group) for group in groups])


def settled_groups(bench: Bench, group: str) -> set[str]:
	"""The running groups, after leftovers of a group that is about to start have let go of its ports."""
	running = running_groups(bench)
	if group not in running:
		clear_leftovers(bench, group)
	return running


def wait_healthy(bench: Bench, group: str, seconds: float = 90) -> None:
	"""Wait until the site answers through nginx and all processes of the group run."""
	address = read_json(spec_path(bench, group))["url"] + "/api/method/ping"
	deadline = time.monotonic() + seconds
	while not (_pings(address) and all(s["state"] == "running" for s in service_states(bench, group))):
		if not supervisor_pid(bench, group):
			raise Stop(f"the processes ended again: see {bench.logs / (group + '.log')}")
		if time.monotonic() > deadline:
			waiting = [s["name"] for s in service_states(bench, group) if s["state"] != "running"]
			raise Stop(f"not healthy: {' '.join(waiting) or address}: see {bench.logs / (group + '.log')}")
		time.sleep(0.2)


def _pings(address: str) -> bool:
	"""True when Frappe says pong."""
	try:
		with urllib.request.urlopen(address, timeout=10) as answer:
			return b"pong" in answer.read()
	except (urllib.error.URLError, OSError):
		return False
