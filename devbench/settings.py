"""What this bench made up once and keeps: passwords, and the ports of each process group."""

import secrets
from typing import Any

from devbench.paths import Bench
from devbench.ports import DATA_PORTS, WEB_PORTS, choose, is_free
from devbench.stamp import read_json, write_json


def passwords(bench: Bench) -> dict[str, str]:
	"""Random passwords of this bench; readable by its owner only."""
	path = bench.run / "passwords.json"
	known = read_json(path)
	names = ("db_root", "admin", "demo", "test_admin", "test_demo")
	if missing := [name for name in names if name not in known]:
		known |= {name: secrets.token_urlsafe(12).replace("-", "x").replace("_", "y") for name in missing}
		write_json(path, known, mode=0o600)
	return known


def options(bench: Bench) -> dict[str, Any]:
	"""What the person chose at the first `up`: language, demo or not."""
	return read_json(bench.run / "options.json")


def set_options(bench: Bench, **changes: Any) -> None:
	"""Remember a choice."""
	write_json(bench.run / "options.json", options(bench) | changes)


def known_ports(bench: Bench, group: str) -> dict[str, int]:
	"""The ports a group had last time."""
	return read_json(bench.run / "ports.json").get(group, {})


def settle_ports(bench: Bench, group: str, running: set[str], http: int | None = None) -> dict[str, int]:
	"""Choose the ports of a group that is about to start, and remember them.

	Ports of other groups are left alone even while those groups are down, so that they
	come back under the address people know.
	"""
	path = bench.run / "ports.json"
	everything: dict[str, dict[str, int]] = read_json(path)
	defaults = DATA_PORTS if group == "data" else WEB_PORTS
	wanted = defaults | everything.get(group, {})
	if http:
		wanted["http"] = http
	if group in running:
		return wanted
	taken = {port for name, ports in everything.items() if name != group for port in ports.values()}
	everything[group] = choose(wanted, taken, is_free)
	write_json(path, everything)
	return everything[group]
