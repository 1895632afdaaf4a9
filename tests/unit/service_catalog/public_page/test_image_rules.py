"""Which pictures may be shown, and in which sizes; bombs and impostors are refused before they are unpacked."""

import io

import pytest
from clinic_core.service_catalog.pictures import image_files
from clinic_core.service_catalog.pictures import image_rules as rules
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image


def picture(kind="JPEG", size=(800, 600), colour="#336699", mode="RGB", **options):
	content = io.BytesIO()
	Image.new(mode, size, colour).save(content, kind, **options)
	return content.getvalue()


def code_of(content):
	with pytest.raises(image_files.PictureError) as refused:
		image_files.check(content)
	return refused.value.code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_three_formats_are_known_by_their_content(kind):
	image_files.check(picture(kind))
	assert rules.kind_of(picture(kind)[:16]) == kind


@pytest.mark.parametrize(
	"content",
	[
		b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
		b"GIF89a" + b"\0" * 40,
		b"%PDF-1.7",
		b"\0\0\0 ftypheic",
		b"",
		b"BM" + b"\0" * 60,
	],
)
def test_everything_else_is_refused_whatever_it_is_called(content):
	assert code_of(content) == rules.WRONG_TYPE


def test_a_picture_of_too_many_bytes_is_refused():
	assert rules.problem_of_bytes(b"\xff\xd8\xff", rules.MAX_BYTES) is None
	assert rules.problem_of_bytes(b"\xff\xd8\xff", rules.MAX_BYTES + 1) == rules.TOO_LARGE


def test_a_small_file_that_unpacks_to_gigapixels_is_refused_by_its_header():
	bomb = picture("PNG", (9000, 9000), 0, mode="1")
	assert len(bomb) < 20_000
	assert code_of(bomb) == rules.TOO_MANY_PIXELS


def test_the_largest_permitted_size_is_forty_megapixels():
	assert rules.problem_of_size(8000, 5000) is None
	assert rules.problem_of_size(8000, 5001) == rules.TOO_MANY_PIXELS
	assert rules.problem_of_size(0, 10) == rules.BROKEN


def test_a_file_that_only_begins_like_a_picture_is_broken():
	assert code_of(b"\x89PNG\r\n\x1a\n" + b"nonsense" * 10) == rules.BROKEN


@given(st.integers(1, 20_000))
def test_variants_are_never_larger_than_the_picture_and_in_order(width):
	widths = rules.variant_widths(width)
	assert widths == sorted(set(widths)) and widths
	assert widths[-1] == min(width, rules.WIDTHS[-1])
	assert set(rules.fallback_widths(widths)) <= set(widths) and rules.fallback_widths(widths)


@given(st.integers(1, 9000), st.integers(1, 9000), st.integers(1, 1280))
def test_a_scaled_picture_keeps_its_shape(width, height, to_width):
	scaled = rules.scaled_height(width, height, to_width)
	assert scaled >= 1
	assert abs(scaled - max(1, height * to_width / width)) <= 0.5


def test_copies_are_upright_and_carry_no_exif(tmp_path):
	exif = Image.Exif()
	exif[0x0112] = 6  # the camera was held on its side
	exif[0x8825] = {1: "N", 2: (35.0, 44.0, 0.0)}  # where it was: at the patient's home
	content = picture("JPEG", (800, 400), exif=exif)
	assert Image.open(io.BytesIO(content)).getexif()

	made = image_files.write_variants(content, tmp_path, "abc")

	assert (made.width, made.height) == (400, 800)
	files = sorted(tmp_path.glob("abc-*"))
	assert {file.name for file in files} == {"abc-320.webp", "abc-400.webp", "abc-400.jpg"}
	for file in files:
		with Image.open(file) as copy:
			assert copy.height > copy.width
			assert not copy.getexif() and "exif" not in copy.info


def test_a_transparent_logo_stays_transparent_and_gets_a_white_ground_as_jpeg(tmp_path):
	image_files.write_variants(picture("PNG", (700, 700), (0, 0, 0, 0), "RGBA"), tmp_path, "logo")
	with Image.open(tmp_path / "logo-700.webp") as copy:
		assert copy.mode == "RGBA" and copy.getpixel((5, 5))[3] == 0
	with Image.open(tmp_path / "logo-700.jpg") as copy:
		assert copy.getpixel((5, 5)) == (255, 255, 255)


def test_copies_can_be_found_and_removed_again(tmp_path):
	image_files.write_variants(picture(), tmp_path, "one")
	image_files.write_variants(picture(), tmp_path, "two")
	assert image_files.hashes_in(tmp_path) == {"one", "two"}
	image_files.remove_variants(tmp_path, "one")
	assert image_files.hashes_in(tmp_path) == {"two"}
	assert image_files.hashes_in(tmp_path / "nowhere") == set()
