"""Makes a change in our apps visible by a reload: `python -m devbench.reloader GUNICORN_PID_FILE`.

Production setup (no developer mode) caches hooks, form scripts and templates in Redis and
code in the processes. When a file changes, this renews the second and empties the first.
Workers need nothing: they import our code anew in the child of each job.
"""

import os
import signal
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import redis

from devbench.paths import APPS, REPO, Bench
from devbench.stamp import read_json

_CACHED = {".js", ".html", ".css", ".json", ".csv", ".po", ".md", ".txt", ".vue"}
_SKIPPED = {"dist", "node_modules", "__pycache__"}


def snapshot(roots: list[Path]) -> dict[str, float]:
	"""Modification times of all files that matter."""
	times: dict[str, float] = {}
	folders = [str(root) for root in roots]
	while folders:
		try:
			entries = list(os.scandir(folders.pop()))
		except OSError:
			continue
		for entry in entries:
			if entry.is_dir(follow_symlinks=False):
				if entry.name not in _SKIPPED and not entry.name.startswith("."):
					folders.append(entry.path)
			elif entry.name.endswith(".py") or Path(entry.name).suffix in _CACHED:
				try:
					times[entry.path] = entry.stat().st_mtime
				except OSError:
					continue
	return times


def changed(before: dict[str, float], after: dict[str, float]) -> set[str]:
	"""Files that are new, gone or different."""
	return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def flush_cache(url: str, sites: Path) -> None:
	"""Empty the cache of this bench's sites and nobody else's; a cache that is down needs no emptying."""
	databases = [read_json(path).get("db_name") for path in sites.glob("*/site_config.json")]
	with suppress(redis.RedisError), closing(redis.from_url(url, socket_timeout=2)) as cache:
		keys = [key for name in databases if name for key in cache.scan_iter(match=f"{name}|*", count=1000)]
		# The register of assets is the one thing that sites share.
		cache.delete("assets_json", *keys)


def renew_code(pid_file: Path) -> None:
	"""Ask gunicorn for fresh workers, which finishes requests under way first, and end the scheduler.

	The supervisor starts the scheduler again. It would live on with the hooks it once imported, and
	put them into the cache for everybody.
	"""
	scheduler = pid_file.with_name("scheduler.pid")
	for path, number in ((pid_file, signal.SIGHUP), (scheduler, signal.SIGTERM)):
		with suppress(OSError, ValueError):
			os.kill(int(path.read_text()), number)


def main(pid_file: Path, redis_url: str) -> None:
	"""Look once a second, for as long as the supervisor lets us."""
	# Rebuilt bundles show in the register of assets, which Frappe caches too.
	roots = [REPO / "apps" / app / app for app in APPS]
	registers = [Bench().sites / "assets" / name for name in ("assets.json", "assets-rtl.json")]

	def look() -> dict[str, float]:
		return snapshot(roots) | {str(path): path.stat().st_mtime for path in registers if path.exists()}

	before, once_more = look(), False
	while True:
		time.sleep(1)
		after = look()
		paths = changed(before, after)
		before = after
		if once_more:
			# What the old processes put back before they were gone.
			flush_cache(redis_url, Bench().sites)
		once_more = any(path.endswith(".py") for path in paths)
		if not paths:
			continue
		if once_more:
			renew_code(pid_file)
		flush_cache(redis_url, Bench().sites)
		print(f"{len(paths)} changed: {', '.join(sorted(Path(path).name for path in paths)[:5])}", flush=True)


if __name__ == "__main__":
	main(Path(sys.argv[1]), os.environ["CLINIC_REDIS"])
