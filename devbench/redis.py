"""The bench's two private Redis servers: a cache that may be lost, a queue that may not."""

from pathlib import Path

from devbench.paths import Bench
from devbench.stamp import write_atomic

_COMMON = """\
bind 127.0.0.1
port {port}
dir "{folder}"
daemonize no
"""
_CACHE = """\
# A cache: nothing is saved, the oldest goes when it is full.
save ""
appendonly no
maxmemory 256mb
maxmemory-policy allkeys-lru
"""
_QUEUE = """\
# A job that was accepted survives a crash.
save ""
appendonly yes
appendfsync everysec
"""


def render(kind: str, port: int, folder: Path) -> str:
	"""The configuration of one server; quotes let its folder have spaces."""
	return _COMMON.format(port=port, folder=folder) + (_CACHE if kind == "redis_cache" else _QUEUE)


def config_path(bench: Bench, kind: str) -> Path:
	"""Where the rendered configuration lies."""
	return bench.conf / f"{kind}.conf"


def configure(bench: Bench, ports: dict[str, int]) -> None:
	"""Write both configurations."""
	for kind in ("redis_cache", "redis_queue"):
		folder = bench.data / kind
		folder.mkdir(parents=True, exist_ok=True)
		write_atomic(config_path(bench, kind), render(kind, ports[kind], folder))
