"""The renaming that turns the wheel back into Frappe, and what of the wheel is taken."""

import zipfile

import pytest

from devbench import wheel
from devbench.paths import Bench
from devbench.ui import Stop


@pytest.mark.parametrize(
	("renamed", "original"),
	[
		("import criscostack", "import frappe"),
		("Criscostack Technologies", "Frappe Technologies"),
		("CRISCOSTACK_SITE", "FRAPPE_SITE"),
		("criscoerp.com", "erpnext.com"),
		("Criscoerp", "ERPNext"),
		("Crisco Cloud", "Frappe Cloud"),
		("utils.brik_helper", "utils.bench_helper"),
		("a/criscostack/public/criscostack-logo.svg", "a/frappe/public/frappe-logo.svg"),
		("crispy and Brik stay", "crispy and Brik stay"),
	],
)
def test_words_are_turned_back(renamed, original):
	assert wheel.restore_name(renamed) == original


def test_longer_names_go_before_the_word_they_contain():
	assert wheel.restore_name("Criscostack Criscoerp Crisco") == "Frappe ERPNext Frappe"


def test_binary_files_are_left_alone():
	picture = b"\x89PNG\0criscostack"
	assert wheel.restore_content(picture) == picture
	latin = b"criscostack \xe9"
	assert wheel.restore_content(latin) == latin


def test_persian_text_survives():
	assert wheel.restore_content("criscostack سلام".encode()) == "frappe سلام".encode()


def _wheel(path, **members):
	with zipfile.ZipFile(path, "w") as archive:
		for name, text in members.items():
			archive.writestr(name, text)
	return path


def test_only_the_package_is_unpacked(tmp_path):
	source = _wheel(
		tmp_path / "x.whl",
		**{
			"criscostack/__init__.py": "__version__ = 'criscostack'",
			"criscostack/.DS_Store": "",
			"criscostack/utils/brik_helper.py": "",
			"criscostack-1.0.0.dist-info/METADATA": "",
		},
	)
	assert wheel.unpack(source, tmp_path / "out dir") == 2
	assert (tmp_path / "out dir/frappe/__init__.py").read_text() == "__version__ = 'frappe'"
	assert (tmp_path / "out dir/frappe/utils/bench_helper.py").exists()
	assert not list((tmp_path / "out dir").rglob("*dist-info*"))


def test_a_path_that_leaves_the_folder_is_refused(tmp_path):
	source = _wheel(tmp_path / "x.whl", **{"criscostack/../../../evil.py": "1"})
	with pytest.raises(Stop):
		wheel.unpack(source, tmp_path / "out")
	assert not (tmp_path / "evil.py").exists()


def _bench_with_lock(tmp_path):
	bench = Bench(tmp_path)
	bench.make_folders()
	bench.devbench.mkdir()
	(bench.devbench / "frappe.lock").write_text("criscostack==1.0.0 --hash=sha256:" + "0" * 64)
	return bench


def test_another_content_than_the_pinned_one_is_refused(tmp_path, monkeypatch):
	bench = _bench_with_lock(tmp_path)

	def download(*args, **kwargs):
		(bench.cache / "criscostack-1.0.0-py3-none-any.whl").write_bytes(b"something else")

	monkeypatch.setattr(wheel, "run", download)
	with pytest.raises(Stop, match="hash mismatch"):
		wheel.fetch(bench)


def test_a_broken_download_in_the_cache_is_fetched_again(tmp_path, monkeypatch):
	bench = _bench_with_lock(tmp_path)
	broken = bench.cache / "criscostack-1.0.0-py3-none-any.whl"
	broken.write_bytes(b"half of")
	asked = []
	monkeypatch.setattr(wheel, "run", lambda *args, **kwargs: asked.append(args))
	with pytest.raises(Stop):
		wheel.fetch(bench)
	assert asked
	assert not broken.exists()
