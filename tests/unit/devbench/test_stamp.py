"""When a step counts as done."""

from devbench.stamp import Stamp, digest, read_json, tree_digest, write_atomic, write_json


def test_a_step_is_done_for_the_same_inputs_only(tmp_path):
	lock = tmp_path / "lock"
	lock.write_text("one")
	stamp = Stamp(tmp_path, "step", lock, "x")
	assert not stamp.is_current()
	stamp.set()
	assert Stamp(tmp_path, "step", lock, "x").is_current()
	lock.write_text("two")
	assert not Stamp(tmp_path, "step", lock, "x").is_current()


def test_a_step_is_not_done_when_what_it_made_is_gone(tmp_path):
	product = tmp_path / "product"
	product.mkdir()
	stamp = Stamp(tmp_path, "step", "x")
	stamp.set()
	assert stamp.is_current(product)
	product.rmdir()
	assert not stamp.is_current(product)


def test_a_cleared_stamp_makes_the_step_run_again(tmp_path):
	stamp = Stamp(tmp_path, "step", "x")
	stamp.set()
	stamp.clear()
	stamp.clear()
	assert not stamp.is_current()


def test_parts_do_not_run_into_each_other():
	assert digest("ab", "c") != digest("a", "bc")
	assert digest("a") != digest("a", "")


def test_a_tree_is_its_paths_and_contents(tmp_path):
	first, second = tmp_path / "a.json", tmp_path / "b.json"
	first.write_text("1")
	second.write_text("2")
	before = tree_digest([first, second], tmp_path)
	assert tree_digest([second, first], tmp_path) == before
	first.write_text("2")
	second.write_text("1")
	assert tree_digest([first, second], tmp_path) != before


def test_files_are_replaced_whole_and_private_ones_stay_private(tmp_path):
	path = tmp_path / "deep er" / "secret.json"
	write_json(path, {"نام": 1}, mode=0o600)
	assert read_json(path) == {"نام": 1}
	assert path.stat().st_mode & 0o777 == 0o600
	write_atomic(path, "{broken")
	assert read_json(path) == {}
	assert [entry.name for entry in path.parent.iterdir()] == ["secret.json"]
