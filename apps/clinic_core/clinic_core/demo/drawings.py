"""Pictures of the demo clinic, drawn on the spot: soft colours and shapes, no photograph of anybody."""

import io
import math
import random

from PIL import Image, ImageDraw, ImageFilter, ImageOps

Size = tuple[int, int]


def draw(kind: str, colour: str, seed: int, size: Size = (1280, 853)) -> bytes:
	"""A JPEG in shades of `colour`; `kind` is `waves`, `petals`, `rings` or `drops`. The same seed, the same picture."""
	dice = random.Random(seed)
	small = (size[0] // 2, size[1] // 2)
	ground = _gradient(small, colour, dice)
	layer = Image.new("RGBA", small, (0, 0, 0, 0))
	_KINDS[kind](ImageDraw.Draw(layer, "RGBA"), small, dice)
	glow = layer.filter(ImageFilter.GaussianBlur(small[0] // 40))
	picture = Image.alpha_composite(Image.alpha_composite(ground.convert("RGBA"), glow), layer)
	content = io.BytesIO()
	picture.convert("RGB").resize(size, Image.Resampling.BICUBIC).save(content, "JPEG", quality=82)
	return content.getvalue()


def _gradient(size: Size, colour: str, dice: random.Random) -> Image.Image:
	"""From a pale to a deep shade of the colour, along a slanted line."""
	line = Image.linear_gradient("L").rotate(dice.choice((25, 40, 140, 155)), Image.Resampling.BICUBIC)
	middle = line.crop((50, 50, 206, 206)).resize(size, Image.Resampling.BICUBIC)
	pale, deep = _mixed(colour, (255, 255, 255), 0.72), _mixed(colour, (20, 30, 40), 0.25)
	return ImageOps.colorize(middle, pale, deep, mid=_mixed(colour, (255, 255, 255), 0.25))


def _mixed(colour: str, other: tuple[int, int, int], share: float) -> tuple[int, int, int]:
	parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
	return tuple(round(one * (1 - share) + to * share) for one, to in zip(parts, other, strict=True))


def _waves(pen: ImageDraw.ImageDraw, size: Size, dice: random.Random) -> None:
	width, height = size
	for row in range(6):
		level, swing = height * (0.35 + row * 0.12), height * dice.uniform(0.05, 0.12)
		turn, length = dice.uniform(0, 6), width / dice.uniform(0.9, 1.8)
		edge = [
			(x, level + swing * math.sin(x / length * 2 * math.pi + turn)) for x in range(0, width + 8, 8)
		]
		pen.polygon([*edge, (width, height), (0, height)], fill=(255, 255, 255, 34))


def _petals(pen: ImageDraw.ImageDraw, size: Size, dice: random.Random) -> None:
	width, height = size
	for flower in ((0.68, 0.45, 0.36), (0.2, 0.85, 0.24), (0.1, 0.12, 0.16)):
		x, y, reach = width * flower[0], height * flower[1], height * flower[2]
		turn = dice.uniform(0, 1)
		for petal in range(9):
			angle = turn + petal * 2 * math.pi / 9
			centre = (x + math.cos(angle) * reach * 0.55, y + math.sin(angle) * reach * 0.55)
			pen.polygon(_ellipse(centre, reach * 0.62, reach * 0.22, angle), fill=(255, 255, 255, 46))
		pen.ellipse(_box(x, y, reach * 0.16), fill=(255, 255, 255, 90))


def _rings(pen: ImageDraw.ImageDraw, size: Size, dice: random.Random) -> None:
	width, height = size
	x, y = width * dice.uniform(0.55, 0.75), height * dice.uniform(0.35, 0.6)
	for ring in range(9, 0, -1):
		pen.ellipse(_box(x, y, height * 0.09 * ring), outline=(255, 255, 255, 70), width=2)
		if ring % 3 == 0:
			pen.ellipse(_box(x, y, height * 0.09 * ring), fill=(255, 255, 255, 26))
	for _dot in range(26):
		pen.ellipse(
			_box(dice.uniform(0, width), dice.uniform(0, height), dice.uniform(1, 7)),
			fill=(255, 255, 255, 60),
		)


def _drops(pen: ImageDraw.ImageDraw, size: Size, dice: random.Random) -> None:
	width, height = size
	for _drop in range(16):
		x, y, reach = dice.uniform(0, width), dice.uniform(0, height), dice.uniform(12, height * 0.22)
		pen.ellipse(_box(x, y, reach), fill=(255, 255, 255, 34))
		pen.ellipse(_box(x - reach * 0.35, y - reach * 0.35, reach * 0.16), fill=(255, 255, 255, 120))


def _ellipse(
	centre: tuple[float, float], long: float, short: float, angle: float
) -> list[tuple[float, float]]:
	points = []
	for step in range(36):
		x, y = math.cos(step * math.pi / 18) * long, math.sin(step * math.pi / 18) * short
		points.append(
			(
				centre[0] + x * math.cos(angle) - y * math.sin(angle),
				centre[1] + x * math.sin(angle) + y * math.cos(angle),
			)
		)
	return points


def _box(x: float, y: float, reach: float) -> tuple[float, float, float, float]:
	return (x - reach, y - reach, x + reach, y + reach)


_KINDS = {"waves": _waves, "petals": _petals, "rings": _rings, "drops": _drops}
