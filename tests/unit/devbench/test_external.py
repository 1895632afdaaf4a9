"""Servers that are there already: taken over only when they answer and fit; passwords stay hidden."""

import json
import shutil
import subprocess
import time

import pytest

from devbench import external, services, sites
from devbench.paths import Bench
from devbench.ports import choose
from devbench.ui import Stop

PASSWORD = "s3cret/ä@:"


@pytest.fixture
def bench(tmp_path):
	bench = Bench(tmp_path)
	bench.make_folders()
	return bench


@pytest.mark.parametrize(
	("url", "server"),
	[
		("mysql://root:pw@db.example:3307", ("db.example", 3307, "root", "pw")),
		("mariadb://admin:a%2Fb%40@127.0.0.1", ("127.0.0.1", 3306, "admin", "a/b@")),
		("mysql://root@db.example", ("db.example", 3306, "root", "")),
	],
)
def test_an_address_of_a_database(url, server):
	assert external.parse_database(url) == external.Database(*server)


@pytest.mark.parametrize(
	"url", ["db.example", "postgres://a:b@c", "mysql://", "mysql://db.example", "mysql://a:pw@h:x"]
)
def test_what_is_no_address_of_a_database(url):
	with pytest.raises(Stop) as problem:
		external.parse_database(url)
	assert "mysql://root:PASSWORD@host:port" in str(problem.value) and "pw" not in str(problem.value)


@pytest.mark.parametrize(
	("url", "address"),
	[
		("redis://r.example", "redis://r.example:6379"),
		("redis://:pw@r.example:6380/2/", "redis://:pw@r.example:6380/2"),
	],
)
def test_an_address_of_redis(url, address):
	assert external.parse_redis(url) == address


@pytest.mark.parametrize(
	("facts", "words"),
	[
		(("10.11.6-MariaDB", "utf8mb4", "utf8mb4_unicode_ci"), ""),
		(("11.8.2-MariaDB-log", "utf8mb4", "utf8mb4_uca1400_ai_ci"), ""),
		(("10.5.9-MariaDB", "utf8mb4", "utf8mb4_unicode_ci"), "too old"),
		(("8.0.36", "utf8mb4", "utf8mb4_0900_ai_ci"), "not MariaDB"),
		(("10.11.6-MariaDB", "latin1", "latin1_swedish_ci"), "utf8mb4_unicode_ci"),
	],
)
def test_which_server_fits(facts, words):
	problem = external.unfit(*facts)
	assert (words in problem) if words else problem == ""


@pytest.mark.parametrize(
	("output", "words"),
	[
		(
			"ERROR 1045 (28000): Access denied for user 'root'@'x' (using password: YES)",
			"check user and password",
		),
		("ERROR 2002 (HY000): Can't connect to server on '127.0.0.1' (115)", "no server answers"),
		("ERROR 2005 (HY000): Unknown server host 'db.example' (-2)", "no server answers"),
		("ERROR 1040 (08004): Too many connections", "Too many connections"),
	],
)
def test_why_a_database_does_not_let_us_in(output, words):
	server = external.Database("h", 3306, "root", PASSWORD)
	assert words in external.database_problem(server, output)


@pytest.fixture
def redis_server(tmp_path):
	"""A Redis server with a password."""
	program = shutil.which("redis-server")
	port = choose({"redis": 16390}, set())["redis"]
	server = subprocess.Popen(
		[
			program,
			"--port",
			str(port),
			"--bind",
			"127.0.0.1",
			"--requirepass",
			"pw",
			"--save",
			"",
			"--dir",
			str(tmp_path),
		],
		stdout=subprocess.DEVNULL,
	)
	deadline = time.monotonic() + 10
	while True:
		try:
			external.check_redis(f"redis://:pw@127.0.0.1:{port}")
			break
		except Stop:
			assert time.monotonic() < deadline
			time.sleep(0.05)
	yield port
	server.terminate()
	server.wait()


def test_redis_is_tried_before_it_is_taken(bench, redis_server):
	for url in (f"redis://127.0.0.1:{redis_server}", f"redis://:wrong@127.0.0.1:{redis_server}"):
		with pytest.raises(Stop, match="check the password"):
			external.choose(bench, None, url)
	with pytest.raises(Stop, match="no server answers"):
		external.choose(bench, None, "redis://127.0.0.1:1")
	assert external.chosen(bench) == {}

	address = f"redis://:pw@127.0.0.1:{redis_server}"
	assert external.choose(bench, None, address)
	assert not external.choose(bench, None, address)
	assert (bench.run / "servers.json").stat().st_mode & 0o077 == 0
	assert external.lines(bench) == [f"Redis at 127.0.0.1:{redis_server}"]

	data = services.define_data(bench, set())
	spec = json.loads(services.spec_path(bench, services.DATA).read_text())
	assert [service["name"] for service in spec["services"]] == ["mariadb", "mail"]
	services.define_web(bench, services.WEB, "clinic.localhost", set(), data)
	path = services.spec_path(bench, services.WEB)
	assert path.stat().st_mode & 0o077 == 0
	assert not any(
		"pw@" in word for one in json.loads(path.read_text())["services"] for word in one["command"]
	)
	sites.write_common_config(bench, data)
	config = bench.sites / "common_site_config.json"
	assert json.loads(config.read_text())["redis_queue"] == address
	assert config.stat().st_mode & 0o077 == 0

	assert external.choose(bench, None, "private")
	assert external.chosen(bench) == {} and external.lines(bench) == []


def test_a_database_that_does_not_answer_changes_nothing(bench):
	with pytest.raises(Stop, match="no server answers") as problem:
		external.choose(bench, "mysql://root:topsecret@127.0.0.1:1", None)
	assert "topsecret" not in str(problem.value)
	assert external.chosen(bench) == {}


def test_sites_are_not_left_behind(bench):
	(bench.sites / "clinic.localhost").mkdir()
	(bench.sites / "clinic.localhost" / "site_config.json").write_text("{}")
	with pytest.raises(Stop, match=r"clinic\.localhost would be left"):
		external.choose(bench, "mysql://root:pw@127.0.0.1:1", None)
