"""What the clinic promises for a 2-core, 24 GB box on set L: P95 in milliseconds. Data only.

The figures hold with 40 people at work; `--users 40` asks the same of the web server. A case that
is not named has no promise of its own.
"""

P95_MS: dict[str, int] = {
	"find-phone-tail": 80,
	"find-name": 80,
	"find-code": 80,
	"find-latin": 80,
	"find-pinyin": 80,
	"find-box": 120,
	"register": 250,
	"possible-duplicates": 80,
	"slots-week": 60,
	"slots-10x14": 150,
	"book": 150,
	"receive": 250,
	"pay-10-debts": 250,
	"statement-500": 250,
	"statement-500-account": 250,
	"board": 500,
	"schedule-board": 250,
	"schedule-week": 250,
	"online-times": 150,
	"online-page": 150,
	"online-confirm": 150,
}

FLOOR_RATIO = 3.0
"""Reads should take at most this many times what the leanest hand-written SQL takes."""
