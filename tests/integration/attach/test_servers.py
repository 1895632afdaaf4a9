"""The bench's own MariaDB taken for somebody else's: what `up --db-url` does with a server that is there."""

import json
from urllib.parse import quote

import pytest

from devbench import external, services, sites
from devbench.paths import Bench
from devbench.settings import known_ports, passwords
from devbench.ui import Stop


@pytest.fixture
def address():
	"""The server's address, to be filled with a password."""
	local = Bench()
	return lambda password: (
		f"mysql://root:{quote(password, safe='')}@127.0.0.1:{known_ports(local, 'data')['mariadb']}"
	)


@pytest.fixture
def bench(tmp_path):
	bench = Bench(tmp_path)
	bench.make_folders()
	return bench


def test_a_server_is_used_and_none_is_started(bench, address):
	password = passwords(Bench())["db_root"]
	assert external.choose(bench, address(password), None)
	server = external.database(bench)
	assert (server.user, server.password) == ("root", password)
	assert not any(password in word for word in server.client())
	data = services.define_data(bench, set())
	spec = services.spec_path(bench, services.DATA).read_text()
	assert "mariadb" not in [service["name"] for service in json.loads(spec)["services"]]
	sites.write_common_config(bench, data)
	config = json.loads((bench.sites / "common_site_config.json").read_text())
	assert config["db_port"] == server.port


def test_a_wrong_password_is_one_clear_line(bench, address):
	with pytest.raises(Stop) as problem:
		external.choose(bench, address("not-this-one"), None)
	text = str(problem.value)
	assert "check user and password in --db-url" in text
	assert "not-this-one" not in text and "\n" not in text
	assert external.chosen(bench) == {}
