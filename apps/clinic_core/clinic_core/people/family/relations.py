"""What two people are to each other, seen from either side (Q3). Pure."""

FEMALE, MALE = "Female", "Male"

# Relation → what the other one is, for a (woman, man, unknown) on that side.
_INVERSE: dict[str, tuple[str, str, str]] = {
	"Mother": ("Daughter", "Son", "Relative"),
	"Father": ("Daughter", "Son", "Relative"),
	"Daughter": ("Mother", "Father", "Relative"),
	"Son": ("Mother", "Father", "Relative"),
	"Wife": ("Wife", "Husband", "Husband"),
	"Husband": ("Wife", "Husband", "Wife"),
	"Sister": ("Sister", "Brother", "Relative"),
	"Brother": ("Sister", "Brother", "Relative"),
	"Grandmother": ("Grandchild",) * 3,
	"Grandfather": ("Grandchild",) * 3,
	"Grandchild": ("Grandmother", "Grandfather", "Relative"),
	"Guardian": ("Ward",) * 3,
	"Ward": ("Guardian",) * 3,
	"Relative": ("Relative",) * 3,
	"Friend": ("Friend",) * 3,
	"Carer": ("Cared For",) * 3,
	"Cared For": ("Carer",) * 3,
}
RELATIONS = tuple(_INVERSE)


def inverse(relation: str, gender: str | None) -> str:
	"""What a person of this gender is to somebody who is `relation` to that person.

	My mother's daughter or son am I: `inverse("Mother", my gender)`.
	"""
	woman, man, unknown = _INVERSE[relation]
	return {FEMALE: woman, MALE: man}.get(gender or "", unknown)


def pair(one: str, other: str) -> str:
	"""One key for two files, whichever is named first."""
	return "|".join(sorted((one, other)))
