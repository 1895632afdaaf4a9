"""Servers that the person has already: MariaDB and Redis by address instead of private ones.

The choice is kept in run/servers.json, readable by its owner only, because it holds passwords.
"""

import getpass
import re
import socket
import sys
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, unquote, urlsplit

from devbench.debian import find
from devbench.paths import Bench
from devbench.settings import known_ports, passwords
from devbench.shell import run
from devbench.stamp import read_json, write_json
from devbench.ui import Stop

PRIVATE = "private"
OLDEST_MARIADB = (10, 6)
_FACTS = "SELECT VERSION(), @@character_set_server, @@collation_server"


@dataclass(frozen=True)
class Database:
	"""A MariaDB server and somebody who may make databases and users on it."""

	host: str
	port: int
	user: str
	password: str

	def client(self, program: str = "mariadb") -> list[str]:
		"""How a client program is called; the password goes by the environment (`MYSQL_PWD`)."""
		names = (program, program.replace("mariadb-dump", "mysqldump").replace("mariadb", "mysql"))
		options = ["--no-defaults", "--protocol=tcp", f"-h{self.host}", f"-P{self.port}", f"-u{self.user}"]
		return [find(*names), *options]


def parse_database(url: str) -> Database:
	"""`mysql://user:password@host:port`; raises Stop naming what is wrong, without the password."""
	parts = _parse(url, ("mysql", "mariadb"), "--db-url mysql://root:PASSWORD@host:port")
	if not parts.username:
		raise Stop("--db-url names no user: mysql://root:PASSWORD@host:port")
	return Database(
		parts.hostname, parts.port or 3306, unquote(parts.username), unquote(parts.password or "")
	)


def parse_redis(url: str) -> str:
	"""`redis://[:password@]host:port[/number]` as Frappe takes it; raises Stop naming what is wrong."""
	parts = _parse(url, ("redis",), "--redis-url redis://host:port")
	who = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
	return f"redis://{who}{parts.hostname}:{parts.port or 6379}{parts.path.rstrip('/')}"


def _parse(url: str, schemes: tuple[str, ...], example: str) -> SplitResult:
	"""An address in its parts. The text itself is not repeated in errors: it may hold a password."""
	try:
		parts = urlsplit(url)
		fits = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
	except ValueError:
		fits = False
	if not fits:
		raise Stop(f"this is not an address of a server: {example}")
	return parts


def chosen(bench: Bench) -> dict[str, str]:
	"""The addresses that were given: `db`, `redis`; empty for private servers."""
	return read_json(bench.run / "servers.json")


def database(bench: Bench) -> Database:
	"""The MariaDB server of this bench, private or not."""
	if url := chosen(bench).get("db"):
		return parse_database(url)
	return Database("127.0.0.1", known_ports(bench, "data")["mariadb"], "root", passwords(bench)["db_root"])


def redis_urls(bench: Bench, data: dict[str, int]) -> tuple[str, str]:
	"""Where the cache and the queue are."""
	if url := chosen(bench).get("redis"):
		return url, url
	return tuple(f"redis://127.0.0.1:{data[kind]}" for kind in ("redis_cache", "redis_queue"))


def choose(bench: Bench, db_url: str | None, redis_url: str | None) -> bool:
	"""Take the addresses over, after trying them; True when something changed.

	Raises Stop when a server does not answer or does not fit, or when sites lie on the server of before.
	"""
	before = chosen(bench)
	after = dict(before)
	if db_url:
		after["db"] = "" if db_url == PRIVATE else _with_password(db_url)
	if redis_url:
		after["redis"] = "" if redis_url == PRIVATE else parse_redis(redis_url)
	after = {name: url for name, url in after.items() if url}
	if _place(after.get("db")) != _place(before.get("db")):
		_refuse_to_leave_sites(bench)
	check(after)
	if after == before:
		return False
	write_json(bench.run / "servers.json", after, mode=0o600)
	return True


def _with_password(url: str) -> str:
	"""The address with its password, asked for if it was left out: so it shows in no process list."""
	server = parse_database(url)
	password = server.password
	if not password and sys.stdin.isatty():
		password = getpass.getpass(f"Password of {server.user} on {server.host}: ")
	return f"mysql://{quote(server.user, safe='')}:{quote(password, safe='')}@{server.host}:{server.port}"


def _place(url: str | None) -> tuple[str, int] | None:
	return (parse_database(url).host, parse_database(url).port) if url else None


def _refuse_to_leave_sites(bench: Bench) -> None:
	"""Sites do not move by themselves from one server to another."""
	if names := sorted(path.parent.name for path in bench.sites.glob("*/site_config.json")):
		raise Stop(
			f"{', '.join(names)} would be left on the other database server: "
			"drop the sites or  ./clinic reset  first"
		)


def check(addresses: dict[str, str]) -> None:
	"""Raise Stop with one clear line unless the servers answer and fit."""
	if url := addresses.get("db"):
		check_database(parse_database(url))
	if url := addresses.get("redis"):
		check_redis(url)


def check_database(server: Database) -> None:
	"""Raise Stop unless the server lets us in, is new enough and stores every letter."""
	where = f"MariaDB at {server.host}:{server.port}"
	try:
		output = run(
			[*server.client(), "--connect-timeout=5", "-N", "-B", "-e", _FACTS],
			what=where,
			env={"MYSQL_PWD": server.password},
		)
	except Stop as problem:
		raise Stop(f"{where}: {database_problem(server, str(problem))}") from None
	version, letters, collation = output.strip().splitlines()[-1].split("\t")
	if problem := unfit(version, letters, collation):
		raise Stop(f"{where} {problem}")


def database_problem(server: Database, output: str) -> str:
	"""The client's complaint as a person understands it."""
	if "1045" in output or "Access denied" in output:
		return f"the user {server.user} is refused: check user and password in --db-url"
	if re.search(r"\((2002|2003|2005|HY000|11\d|-2|-3)", output):
		return "no server answers there: check host and port in --db-url"
	return output


def unfit(version: str, letters: str, collation: str) -> str:
	"""Why a server cannot be used, or an empty text."""
	found = re.match(r"(\d+)\.(\d+)", version)
	if "mariadb" not in version.lower():
		return f"is not MariaDB but {version}: Frappe needs MariaDB {'.'.join(map(str, OLDEST_MARIADB))} or newer"
	if not found or (int(found[1]), int(found[2])) < OLDEST_MARIADB:
		return f"is {version}, too old: Frappe needs MariaDB {'.'.join(map(str, OLDEST_MARIADB))} or newer"
	if letters != "utf8mb4" or not collation.startswith("utf8mb4"):
		return (
			f"stores text as {letters}/{collation}: set character-set-server = utf8mb4 and "
			"collation-server = utf8mb4_unicode_ci in its configuration"
		)
	return ""


def check_redis(url: str) -> None:
	"""Raise Stop unless a Redis server answers and lets us in."""
	parts = urlsplit(url)
	where = f"Redis at {parts.hostname}:{parts.port}"
	try:
		with socket.create_connection((parts.hostname, parts.port), timeout=5) as connection:
			if parts.password:
				words = ["AUTH", *filter(None, [parts.username]), unquote(parts.password)]
				connection.sendall(_redis_command(words))
				_expect(connection.recv(200), b"+OK", where)
			connection.sendall(_redis_command(["PING"]))
			_expect(connection.recv(200), b"+PONG", where)
	except OSError:
		raise Stop(f"{where}: no server answers there: check host and port in --redis-url") from None


def _redis_command(words: list[str]) -> bytes:
	lines = [f"*{len(words)}"]
	for word in words:
		lines += [f"${len(word.encode())}", word]
	return ("\r\n".join(lines) + "\r\n").encode()


def _expect(answer: bytes, wanted: bytes, where: str) -> None:
	if answer.startswith(wanted):
		return
	if answer.startswith((b"-NOAUTH", b"-WRONGPASS", b"-ERR")):
		raise Stop(f"{where} refuses us: check the password in --redis-url")
	raise Stop(f"{where}: what answers there is not Redis")


def lines(bench: Bench) -> list[str]:
	"""For `status`: the servers that are not ours, without passwords."""
	known = chosen(bench)
	found = []
	if known.get("db"):
		server = parse_database(known["db"])
		found.append(f"MariaDB at {server.host}:{server.port}")
	if known.get("redis"):
		parts = urlsplit(known["redis"])
		found.append(f"Redis at {parts.hostname}:{parts.port}")
	return found
