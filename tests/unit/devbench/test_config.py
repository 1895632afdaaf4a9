"""Rendered configuration and process lists, also below a folder with spaces and other odd signs."""

import json
import shlex

import pytest

from devbench import mariadb, nginx, redis, services
from devbench.paths import Bench
from devbench.settings import passwords

PORTS = {"http": 8000, "web": 8100, "realtime": 9100}


@pytest.fixture
def bench(tmp_path, monkeypatch):
	bench = Bench(tmp_path / "with space")
	bench.make_folders()
	for module in (mariadb, nginx, services):
		monkeypatch.setattr(module, "find", lambda name, *rest: f"/usr/bin/{name}", raising=False)
	monkeypatch.setattr("devbench.debian.find", lambda name, *rest: f"/usr/bin/{name}")
	monkeypatch.setattr("devbench.settings.is_free", lambda port: True)
	return bench


def test_nginx_serves_files_and_passes_the_rest_on(bench):
	text = nginx.render(bench.sites, bench.run, "clinic.localhost", PORTS, as_root=False)
	assert f'root "{bench.sites}";' in text
	assert "listen 127.0.0.1:8000;" in text
	assert "proxy_pass http://127.0.0.1:8100;" in text
	assert "proxy_pass http://127.0.0.1:9100;" in text
	assert "try_files /clinic.localhost/public$uri @web;" in text
	assert text.count("{") == text.count("}")
	for header in ("X-Forwarded-For $remote_addr", "X-Forwarded-Proto $scheme", "X-Frappe-Site-Name"):
		assert f"proxy_set_header {header}" in text


def test_private_files_leave_only_through_frappe(bench):
	text = nginx.render(bench.sites, bench.run, "clinic.localhost", PORTS, as_root=False)
	protected = text[text.index("^/protected/") :]
	assert protected[: protected.index("}")].count("internal;") == 1
	assert "/private" not in text


def test_only_root_names_a_user(bench):
	assert "user root;" in nginx.render(bench.sites, bench.run, "s", PORTS, as_root=True)
	assert "user root;" not in nginx.render(bench.sites, bench.run, "s", PORTS, as_root=False)


def test_signs_that_mean_something_to_nginx_are_escaped(tmp_path):
	assert nginx.quoted(tmp_path / 'a"b$c') == f'{tmp_path}/a\\"b\\$c'


def test_mariadb_is_private_and_durable(bench):
	text = mariadb.render(bench, 3316)
	assert f"datadir = {bench.data / 'mariadb'}\n" in text
	assert f"tmpdir = {bench.data}/" in text
	for line in (
		"bind-address = 127.0.0.1",
		"skip-name-resolve",
		"collation-server = utf8mb4_unicode_ci",
		"innodb_flush_log_at_trx_commit = 1",
		"socket = mariadb.sock",
	):
		assert line in text.splitlines()
	connections = next(line for line in text.splitlines() if line.startswith("max_connections"))
	assert int(connections.split("=")[1]) >= 300


@pytest.mark.parametrize(
	("memory", "pool"), [(1_000, 512), (2_048, 512), (7_900, 1_920), (16_384, 4_096), (64_000, 4_096)]
)
def test_mariadb_takes_a_quarter_of_the_memory_within_limits(memory, pool):
	assert mariadb.pool_mb(memory) == pool


def test_the_root_password_is_for_the_owner_only(bench):
	mariadb.configure(bench, 3316)
	init = bench.conf / "mariadb-init.sql"
	assert passwords(bench)["db_root"] in init.read_text()
	assert init.stat().st_mode & 0o077 == 0


def test_the_cache_may_be_lost_and_the_queue_may_not(bench):
	cache = redis.render("redis_cache", 1, bench.data)
	queue = redis.render("redis_queue", 2, bench.data)
	assert "appendonly no" in cache
	assert "maxmemory-policy" in cache
	assert "appendonly yes" in queue
	assert "maxmemory-policy" not in queue
	assert f'dir "{bench.data}"' in cache


def _spec(bench, group):
	spec = json.loads(services.spec_path(bench, group).read_text())
	return spec, {service["name"]: service for service in spec["services"]}


def test_the_demo_site_has_every_process(bench):
	data = services.define_data(bench, set())
	services.define_web(bench, services.WEB, "clinic.localhost", set(), data)
	_, stores = _spec(bench, services.DATA)
	spec, web = _spec(bench, services.WEB)
	assert set(stores) == {"mariadb", "redis_cache", "redis_queue", "mail"}
	assert set(web) == {
		*("web", "nginx", "realtime", "worker_short", "worker_long", "scheduler", "reload", "assets"),
	}
	assert spec["url"] == "http://localhost:8000"
	assert web["worker_short"]["command"][-2:] == ["--queue", "short,default"]
	assert web["web"]["cwd"] == str(bench.sites)


def test_only_the_demo_site_has_a_scheduler(bench):
	data = services.define_data(bench, set())
	services.define_web(bench, services.TEST, "test.localhost", set(), data, watch=False)
	_, test = _spec(bench, services.TEST)
	assert "scheduler" not in test
	assert "worker_short" in test
	assert "assets" not in test


def test_commands_survive_the_shell(bench):
	data = services.define_data(bench, set())
	services.define_web(bench, services.WEB, "clinic.localhost", set(), data)
	for group in (services.DATA, services.WEB):
		_, found = _spec(bench, group)
		for service in found.values():
			assert shlex.split(shlex.join(service["command"])) == service["command"]
			assert "with space" in service["cwd"]


def test_two_groups_share_no_port(bench):
	data = services.define_data(bench, set())
	first = services.define_web(bench, services.WEB, "a", set(), data)
	second = services.define_web(bench, services.TEST, "b", set(), data)
	everything = [*data.values(), *first.values(), *second.values()]
	assert len(set(everything)) == len(everything)
