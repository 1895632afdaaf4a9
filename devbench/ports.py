"""Ports of the bench: kept from run to run, moved on to the next free one when somebody else took them."""

import socket
from collections.abc import Callable

DATA_PORTS = {"mariadb": 3316, "redis_cache": 13100, "redis_queue": 11100, "mail": 2525}
WEB_PORTS = {"http": 8000, "web": 8100, "realtime": 9100}


def is_free(port: int) -> bool:
	"""True when a server could listen on the port now."""
	with socket.socket() as probe:
		# As the servers do: a port whose last connections are still closing is free.
		probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
		try:
			probe.bind(("127.0.0.1", port))
		except OSError:
			return False
	return True


def answers(port: int) -> bool:
	"""True when something listens on the port."""
	with socket.socket() as probe:
		probe.settimeout(0.5)
		return probe.connect_ex(("127.0.0.1", port)) == 0


def choose(wanted: dict[str, int], taken: set[int], free: Callable[[int], bool] = is_free) -> dict[str, int]:
	"""For every name the wanted port or the next one that is free and not promised to another name."""
	chosen: dict[str, int] = {}
	used = set(taken)
	for name, port in wanted.items():
		while port in used or not free(port):
			port += 1
			if port > 65535:
				port = 1024
		used.add(port)
		chosen[name] = port
	return chosen
