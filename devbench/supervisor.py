"""Runs one group of processes under honcho: `python -m devbench.supervisor SPEC`.

Two things are added to honcho's manager. A process that dies is started again, so that a
crash of one does not take the others down; and every process is told to end when its
supervisor does, however that ends, so that none is ever left behind.
"""

import ctypes
import json
import multiprocessing
import os
import shlex
import signal
import sys
import threading
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import honcho.manager
from honcho.process import Popen, Process

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)
_STOPPING = multiprocessing.Event()
# MariaDB and a worker in the middle of a job may take their time.
honcho.manager.KILL_WAIT = 45


def _die_with_parent(signum: int) -> None:
	"""Ask the kernel for a signal when the parent is gone, however it went."""
	_LIBC.prctl(_PR_SET_PDEATHSIG, signum)


class LastingProcess(Process):
	"""A process that comes back: at once after a first crash, ever more slowly when it keeps crashing."""

	folder: Path

	def run(self, events: Any = None, ignore_signals: bool = False) -> None:
		"""Run the command again and again until the group is stopping."""
		_die_with_parent(signal.SIGKILL)
		signal.signal(signal.SIGINT, signal.SIG_IGN)
		signal.signal(signal.SIGTERM, signal.SIG_IGN)
		self._events = events
		self._child_ctor = partial(Popen, preexec_fn=_child_setup)
		wait = 0.5
		while True:
			begun = time.monotonic()
			code = self._run_once()
			if _STOPPING.is_set():
				break
			wait = 0.5 if time.monotonic() - begun > 30 else min(wait * 2, 10)
			self._send_message(f"ended with {code}, starts again in {wait:g} s\n".encode())
			if _STOPPING.wait(wait):
				break
		self._send_message({"returncode": code}, type="stop")

	def _run_once(self) -> int:
		"""Start the command, pass its lines on, and return its exit code."""
		child = self._child_ctor(self.cmd, env=self.env, cwd=self.cwd)
		pid_file = self.folder / f"{self.name}.pid"
		pid_file.write_text(str(child.pid))
		self._send_message({"pid": child.pid}, type="start")
		reader = threading.Thread(target=self._pass_on, args=(child.stdout,), daemon=True)
		reader.start()
		code = child.wait()
		# A server that was killed leaves its children behind, with its port and this pipe in their hands.
		with suppress(ProcessLookupError, PermissionError):
			os.killpg(child.pid, signal.SIGKILL)
		reader.join(timeout=5)
		pid_file.unlink(missing_ok=True)
		return code

	def _pass_on(self, output: BinaryIO) -> None:
		"""Give every line to the manager, which prints it."""
		for line in iter(output.readline, b""):
			self._send_message(line)


def _child_setup() -> None:
	"""In the new process: end with the supervisor, and take signals as a fresh process does."""
	signal.signal(signal.SIGINT, signal.SIG_DFL)
	signal.signal(signal.SIGTERM, signal.SIG_DFL)
	_die_with_parent(signal.SIGTERM)


class LastingManager(honcho.manager.Manager):
	"""honcho's manager with processes that come back."""

	def __init__(self, folder: Path) -> None:
		super().__init__()
		self.folder = folder
		self._process_ctor = self._make

	def _make(self, *args: Any, **kwargs: Any) -> LastingProcess:
		process = LastingProcess(*args, **kwargs)
		process.folder = self.folder
		return process

	def terminate(self) -> None:
		"""Stop everything; nothing comes back from now on."""
		_STOPPING.set()
		super().terminate()


def main(spec_file: str) -> int:
	"""Run the group that a spec file describes, until a signal."""
	path = Path(spec_file)
	spec = json.loads(path.read_text())
	signal.signal(signal.SIGHUP, signal.SIG_IGN)
	manager = LastingManager(path.parent)
	# With CI set, Frappe's workers take every job for part of a test.
	inherited = {name: value for name, value in os.environ.items() if name != "CI"}
	for service in spec["services"]:
		# exec: the process id is that of the program, not of a shell in front of it.
		manager.add_process(
			service["name"],
			"exec " + shlex.join(service["command"]),
			cwd=service["cwd"],
			env=inherited | service["env"],
		)
	manager.loop()
	return 0


if __name__ == "__main__":
	sys.exit(main(sys.argv[1]))
