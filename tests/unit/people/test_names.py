"""Names on different keyboards and in different scripts."""

import pytest
from clinic_core.people import names
from hypothesis import given
from hypothesis import strategies as st

PERSIAN = st.text(alphabet="ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیيكآأإؤئۀة \u200c\u064e\u0640", max_size=30)


@pytest.mark.parametrize(
	("typed", "stored"),
	[
		("  علي   كريمي ", "علی کریمی"),
		("محمدی\u200cنژاد", "محمدی\u200cنژاد"),
		("\u200f\u200cسارا\u200c\u200e", "سارا"),
		(" \u200c ", ""),
		("Ali\u00a0Rad", "Ali Rad"),
		(None, ""),
	],
)
def test_stored_names_are_tidy(typed, stored):
	assert names.clean(typed) == stored


@pytest.mark.parametrize(
	("one", "other"),
	[
		("عليرضا", "علی\u200cرضا"),
		("آرش", "ارش"),
		("فاطمة", "فاطمه"),
		("مُحَمَّد", "محمد"),
		("رئیسی", "رییسی"),
		("مؤمنی", "مومنی"),
		("ŞAHİN", "sahin"),
		("José", "jose"),
		("کریـــمی", "كريمي"),
		("۱۲", "12"),
	],
)
def test_spellings_of_one_name_fold_alike(one, other):
	assert names.fold(one) == names.fold(other)


@pytest.mark.parametrize(
	("persian", "latin"),
	[
		("محمدی", "Mohammadi"),
		("محمدی", "mohamadi"),
		("کریمی", "Karimi"),
		("خسروی", "Khosravi"),
		("قاسمی", "Ghasemi"),
		("حسین", "Hossein"),
		("احسان", "Ehsan"),
		("علی", "Ali"),
		("یوسف", "Yousef"),
		("شریف", "Sharif"),
		("چراغی", "Cheraghi"),
		("فاطمه", "Fatemeh"),
		("جواد", "Javad"),
		("وحید", "Vahid"),
		("رضا", "Reza"),
		("امید", "Omid"),
	],
)
def test_both_scripts_sound_alike(persian, latin):
	assert names.skeleton(names.fold(persian)) == names.skeleton(names.fold(latin)) != ""


def test_different_names_sound_different():
	assert names.skeleton("محمدی") != names.skeleton("کریمی")


def test_scripts_without_a_skeleton_have_none():
	assert names.skeleton("李") == ""


def test_each_chinese_character_is_a_word():
	assert names.words("李小龙") == ["李", "小", "龙"]


@given(st.text(max_size=40) | PERSIAN)
def test_folding_twice_changes_nothing(text):
	assert names.fold(names.fold(text)) == names.fold(text)


@given(st.text(max_size=40) | PERSIAN)
def test_cleaning_twice_changes_nothing(text):
	assert names.clean(names.clean(text)) == names.clean(text)


@given(PERSIAN)
def test_the_sound_of_a_beginning_begins_the_sound(text):
	word = names.fold(text).replace(" ", "")
	for cut in range(len(word)):
		assert names.skeleton(word).startswith(names.skeleton(word[:cut]))


@pytest.mark.parametrize(
	("first", "last", "surname_first", "full"),
	[
		("سارا", "كريمي", False, "سارا کریمی"),
		("Ayşe", "Yılmaz", True, "Yılmaz Ayşe"),
		("小明", "王", True, "王小明"),
		("小明", "Wang", True, "Wang 小明"),
		("Sukarno", "", True, "Sukarno"),
		("Sukarno", None, False, "Sukarno"),
	],
)
def test_names_in_the_order_of_their_country(first, last, surname_first, full):
	assert names.full_name(first, last, surname_first) == full
