"""How many parts a text message has, and what it costs (N9). Pure.

Latin letters go as GSM 03.38 in seven bits: 160 in one part, 153 in each of several. One letter beyond that
alphabet, such as any Persian one, makes it UCS-2: 70 in one part, 67 in each of several. A part never breaks
a letter that takes two places.
"""

from dataclasses import dataclass
from decimal import Decimal

GSM7, UCS2 = "GSM-7", "UCS-2"
ONE_PART = {GSM7: 160, UCS2: 70}
MANY_PARTS = {GSM7: 153, UCS2: 67}
LONGEST = {GSM7: 612, UCS2: 268}
"""What a gateway takes (Kavenegar, code 413): four parts."""

_BASIC = frozenset(
	"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
	"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_ESCAPED = frozenset("^{}\\[~]|€\f")
"""Letters of the extension table: an escape and a letter."""


@dataclass(frozen=True)
class Size:
	"""What a text takes: its encoding, its length in places, and its parts."""

	encoding: str
	length: int
	parts: int

	@property
	def is_too_long(self) -> bool:
		"""Whether no gateway takes it."""
		return self.length > LONGEST[self.encoding]

	@property
	def left(self) -> int:
		"""Places that are left in the last part."""
		room = ONE_PART[self.encoding] if self.parts <= 1 else MANY_PARTS[self.encoding] * self.parts
		return max(0, room - self.length)


def measure(text: str) -> Size:
	"""How a text goes out."""
	encoding = GSM7 if all(sign in _BASIC or sign in _ESCAPED for sign in text) else UCS2
	places = [_places(sign, encoding) for sign in text]
	length = sum(places)
	if not length:
		return Size(encoding, 0, 0)
	if length <= ONE_PART[encoding]:
		return Size(encoding, length, 1)
	return Size(encoding, length, _parts(places, MANY_PARTS[encoding]))


def cost(parts: int, price_per_part: Decimal) -> Decimal:
	"""What a message of so many parts is estimated to cost."""
	return price_per_part * parts


def _places(sign: str, encoding: str) -> int:
	if encoding == GSM7:
		return 2 if sign in _ESCAPED else 1
	return 2 if ord(sign) > 0xFFFF else 1


def _parts(places: list[int], room: int) -> int:
	"""Fill part after part; a letter of two places that does not fit begins the next one."""
	parts, used = 1, 0
	for needed in places:
		if used + needed > room:
			parts, used = parts + 1, 0
		used += needed
	return parts
