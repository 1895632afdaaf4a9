"""Who keeps the processors busy while people work: seconds of processor time by kind of process.

Needs psutil, which comes with the load generator.
"""

import os
from collections import Counter

import psutil

KINDS = {
	"web server": ("gunicorn", "nginx"),
	"workers": ("frappe worker",),
	"database": ("mariadbd", "mysqld"),
	"redis": ("redis-server",),
}


def kind_of(command: list[str], pid: int) -> str:
	"""The kind of a process; whoever is none of ours is `others`."""
	if pid == os.getpid():
		return "generator"
	text = " ".join(command)
	return next((kind for kind, words in KINDS.items() if any(word in text for word in words)), "others")


class Cores:
	"""Processor time from the moment this is made."""

	def __init__(self) -> None:
		self._before, self._busy = _by_process(), _busy()

	def spent(self) -> dict[str, float]:
		"""Seconds by kind; `others` is what the machine did besides, processes that ended included."""
		found: Counter[str] = Counter()
		for key, (kind, seconds) in _by_process().items():
			found[kind] += seconds - self._before.get(key, (kind, 0.0))[1]
		ours = sum(seconds for kind, seconds in found.items() if kind != "others")
		found["others"] = max(_busy() - self._busy - ours, 0.0)
		return {kind: round(found[kind], 1) for kind in (*KINDS, "generator", "others")}


def _by_process() -> dict[tuple[int, float], tuple[str, float]]:
	found = {}
	for process in psutil.process_iter(("pid", "create_time", "cmdline", "cpu_times")):
		about = process.info
		if times := about["cpu_times"]:
			kind = kind_of(about["cmdline"] or [], about["pid"])
			found[about["pid"], about["create_time"]] = (kind, times.user + times.system)
	return found


def _busy() -> float:
	times = psutil.cpu_times()
	return (
		sum(times) - times.idle - times.iowait - getattr(times, "guest", 0) - getattr(times, "guest_nice", 0)
	)
