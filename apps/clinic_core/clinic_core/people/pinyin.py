"""The sound of Chinese names in Latin letters: `王小明` is `wangxiaoming`, in short `wxm` (G15). Pure.

Readings come from pypinyin, character by character; a family name that is read otherwise than the word
(`单` is Shan, not Dan) is known in both ways. It is loaded when the first Chinese name is met.
"""

import functools
import os
import re

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")

# Family names whose usual reading is another word's; a name begins with the family (G15).
_FAMILIES = {
	"单": "shan", "單": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "任": "ren", "查": "zha", "朴": "piao",
	"区": "ou", "區": "ou", "盖": "ge", "乐": "yue", "樂": "yue", "翟": "zhai", "折": "she", "种": "chong",
	"冼": "xian", "覃": "qin", "黑": "he", "秘": "bi", "员": "yun", "繁": "po", "召": "shao", "华": "hua",
	"缪": "miao", "尉": "yu", "万": "wan", "令": "ling", "洗": "xian", "盛": "sheng", "车": "che", "石": "shi",
	"沈": "shen", "薄": "bo", "宁": "ning", "长": "zhang", "重": "chong", "行": "xing", "隗": "wei", "祭": "zhai",
}  # fmt: skip


def variants(han: str) -> list[list[str]]:
	"""The ways a Chinese name may be read, the usual one first: each a list of syllables, one for a character."""
	usual = [_reading(character) for character in han]
	ways = [usual]
	family = _FAMILIES.get(han[:1])
	if family and family != usual[0]:
		ways.append([family, *usual[1:]])
	return [way for one in ways for way in _written(one)]


def spelled(text: str) -> str:
	"""A text with its Chinese characters in Latin letters, as a passport has them."""
	return HAN.sub(lambda run: "".join(_written([_reading(one) for one in run[0]])[-1]), text)


def _written(syllables: list[str]) -> list[list[str]]:
	"""ü in all its forms: people type v or u for it, passports print yu."""
	if not any("v" in syllable for syllable in syllables):
		return [syllables]
	return [[syllable.replace("v", letter) for syllable in syllables] for letter in ("v", "u", "yu")]


@functools.lru_cache(maxsize=4096)
def _reading(character: str) -> str:
	# Single characters need no dictionary of phrases: a third of the memory, by pypinyin's own switch.
	os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
	from pypinyin import lazy_pinyin

	return lazy_pinyin(character)[0]
