"""Departments, services and rooms of the demo clinic: data only.

Titles are (Persian, English). Amounts are in Rial (of a whole course for services in
sessions), lengths in minutes. Codes are short and ours;
a record of the same code that the clinic already has is left as it is.
"""

from typing import Any

# code, title, kind, colour
DEPARTMENTS = [
	("SKIN", ("پوست و مو", "Dermatology"), "Consultation", "#4C6EF5"),
	("LASER", ("لیزر", "Laser"), "Treatment", "#E64980"),
	("INJECT", ("تزریقات زیبایی", "Aesthetic injections"), "Treatment", "#7950F2"),
	("FACIAL", ("مراقبت پوست", "Facial care"), "Treatment", "#12B886"),
	("BODY", ("لاغری و فرم‌دهی", "Body contouring"), "Treatment", "#FD7E14"),
	("HAIR", ("کاشت و درمان مو", "Hair restoration"), "Treatment", "#795548"),
	("DENTAL", ("دندان‌پزشکی", "Dentistry"), "Dental", "#15AABF"),
	("NUTRI", ("تغذیه", "Nutrition"), "Consultation", "#82C91E"),
]

_LASER: dict[str, Any] = {
	"is_session_based": 1,
	"session_count": 6,
	"session_interval_days": 30,
	"resource_kind": "Device",
}

# code, department, title, amount, minutes, more fields
SERVICES: list[tuple[str, str, tuple[str, str], int, int, dict[str, Any]]] = [
	(
		"VISIT-SKIN",
		"SKIN",
		("ویزیت پوست", "Skin consultation"),
		3_500_000,
		15,
		{"bookable_online": 1, "has_insurance": 1},
	),
	("REVIEW-SKIN", "SKIN", ("ویزیت مجدد پوست", "Skin review"), 1_500_000, 15, {"has_insurance": 1}),
	("DERMO", "SKIN", ("درموسکوپی", "Dermoscopy"), 4_200_000, 15, {"has_insurance": 1}),
	("CRYO", "SKIN", ("کرایوتراپی", "Cryotherapy"), 6_000_000, 15, {"is_countable": 1}),
	(
		"MOLE",
		"SKIN",
		("برداشتن خال", "Mole removal"),
		9_500_000,
		30,
		{"is_countable": 1, "is_outpatient_procedure": 1},
	),
	(
		"BIOPSY",
		"SKIN",
		("نمونه‌برداری پوست", "Skin biopsy"),
		12_000_000,
		30,
		{"is_outpatient_procedure": 1, "has_insurance": 1},
	),
	(
		"LASER-FULL",
		"LASER",
		("لیزر موهای زائد تمام بدن", "Laser hair removal, full body"),
		92_000_000,
		60,
		# The form of sessions opens at the reception: times are agreed upon with the patient at once.
		{**_LASER, "session_count": 10, "session_interval_days": 14, "auto_create_sessions": 0},
	),
	("LASER-FACE", "LASER", ("لیزر موهای زائد صورت", "Laser hair removal, face"), 28_000_000, 30, _LASER),
	("LASER-ARM", "LASER", ("لیزر موهای زائد دست", "Laser hair removal, arms"), 38_000_000, 30, _LASER),
	("LASER-LEG", "LASER", ("لیزر موهای زائد پا", "Laser hair removal, legs"), 49_000_000, 45, _LASER),
	(
		"LASER-BIKINI",
		"LASER",
		("لیزر بیکینی", "Laser hair removal, bikini"),
		31_000_000,
		30,
		{**_LASER, "gender": "Female"},
	),
	(
		"LASER-BEARD",
		"LASER",
		("لیزر خط ریش", "Laser beard line"),
		24_000_000,
		30,
		{**_LASER, "gender": "Male"},
	),
	(
		"LASER-AREA",
		"LASER",
		("لیزر موهای زائد ناحیه‌ای", "Laser hair removal, by area"),
		20_000_000,
		30,
		{**_LASER, "touch_up_days": 21},
	),
	(
		"LASER-CO2",
		"LASER",
		("لیزر فرکشنال CO2", "Fractional CO2 laser"),
		32_000_000,
		45,
		{"resource_kind": "Device"},
	),
	(
		"LASER-TATTOO",
		"LASER",
		("پاک کردن تاتو", "Tattoo removal"),
		8_500_000,
		30,
		{"resource_kind": "Device", "is_countable": 1},
	),
	(
		"BOTOX",
		"INJECT",
		("بوتاکس", "Botulinum toxin"),
		42_000_000,
		30,
		{"bookable_online": 1, "touch_up_days": 21},
	),
	("BOTOX-HYPER", "INJECT", ("بوتاکس تعریق", "Toxin for hyperhidrosis"), 65_000_000, 45, {}),
	("FILLER-LIP", "INJECT", ("ژل لب", "Lip filler"), 55_000_000, 30, {"bookable_online": 1}),
	("FILLER-CHEEK", "INJECT", ("ژل گونه", "Cheek filler"), 58_000_000, 30, {}),
	(
		"FILLER-ML",
		"INJECT",
		("ژل اضافه (سی‌سی)", "Filler, per millilitre"),
		48_000_000,
		15,
		{"is_countable": 1},
	),
	(
		"MESO-FACE",
		"INJECT",
		("مزوتراپی صورت", "Facial mesotherapy"),
		56_000_000,
		30,
		{"is_session_based": 1, "session_count": 4, "session_interval_days": 14},
	),
	("PRP-FACE", "INJECT", ("پی‌آر‌پی صورت", "Facial PRP"), 22_000_000, 45, {}),
	(
		"CLEAN",
		"FACIAL",
		("پاکسازی پوست", "Deep cleansing"),
		7_000_000,
		45,
		{"bookable_online": 1, "points": 5},
	),
	("HYDRA", "FACIAL", ("هیدرافیشیال", "Hydrafacial"), 12_500_000, 45, {"bookable_online": 1, "points": 10}),
	("PEEL", "FACIAL", ("میکرودرم و لایه‌برداری", "Microdermabrasion and peel"), 9_000_000, 30, {}),
	("MASK", "FACIAL", ("ماسک درمانی", "Treatment mask"), 3_200_000, 30, {"is_countable": 1}),
	(
		"RF-FACE",
		"FACIAL",
		("آر‌اف صورت", "Facial radiofrequency"),
		60_000_000,
		45,
		{
			"is_session_based": 1,
			"session_count": 5,
			"session_interval_days": 10,
		},
	),
	(
		"CAVI",
		"BODY",
		("کویتیشن", "Cavitation"),
		54_000_000,
		45,
		{"is_session_based": 1, "session_count": 8, "session_interval_days": 7, "resource_kind": "Device"},
	),
	("CRYOLIPO", "BODY", ("کرایولیپولیز", "Cryolipolysis"), 35_000_000, 60, {"resource_kind": "Device"}),
	("LYMPH", "BODY", ("ماساژ لنفاوی", "Lymphatic massage"), 6_500_000, 60, {}),
	(
		"VISIT-BODY",
		"BODY",
		("مشاورهٔ لاغری", "Contouring consultation"),
		2_500_000,
		30,
		{"bookable_online": 1},
	),
	(
		"VISIT-HAIR",
		"HAIR",
		("مشاورهٔ کاشت مو", "Hair consultation"),
		3_000_000,
		30,
		{
			"bookable_online": 1,
			"pay_online": 1,
			"online_payment_mode": "Deposit",
			"online_deposit": 1_000_000,
		},
	),
	(
		"PRP-HAIR",
		"HAIR",
		("پی‌آر‌پی مو", "Hair PRP"),
		54_000_000,
		45,
		{"is_session_based": 1, "session_count": 3, "session_interval_days": 30},
	),
	("MESO-HAIR", "HAIR", ("مزوتراپی مو", "Hair mesotherapy"), 15_000_000, 30, {}),
	(
		"VISIT-DENT",
		"DENTAL",
		("معاینهٔ دندان", "Dental examination"),
		2_800_000,
		15,
		{"bookable_online": 1, "has_insurance": 1},
	),
	(
		"SCALE",
		"DENTAL",
		("جرم‌گیری", "Scaling"),
		14_000_000,
		45,
		{"dental_scope": "Whole Mouth", "has_insurance": 1},
	),
	(
		"FILL",
		"DENTAL",
		("ترمیم کامپوزیت", "Composite filling"),
		19_000_000,
		45,
		{"dental_scope": "Tooth", "is_countable": 1},
	),
	("WHITEN", "DENTAL", ("بلیچینگ", "Whitening"), 38_000_000, 60, {"dental_scope": "Whole Mouth"}),
	("IMPLANT", "DENTAL", ("ایمپلنت", "Implant"), 220_000_000, 90, {"dental_scope": "Tooth"}),
	(
		"VISIT-NUTRI",
		"NUTRI",
		("مشاورهٔ تغذیه", "Nutrition consultation"),
		2_600_000,
		30,
		{"bookable_online": 1},
	),
	("DIET", "NUTRI", ("برنامهٔ غذایی ماهانه", "Monthly diet plan"), 4_500_000, 30, {"is_fixed_amount": 1}),
	(
		"BODYCOMP",
		"NUTRI",
		("آنالیز ترکیب بدن", "Body composition analysis"),
		1_800_000,
		15,
		{"is_fixed_amount": 1},
	),
]

# service: (title, amount, minutes, sessions) of its body areas
AREAS: dict[str, list[tuple[tuple[str, str], int, int, int]]] = {
	"LASER-AREA": [
		(("زیر بغل", "Underarms"), 9_000_000, 15, 6),
		(("ساعد", "Forearms"), 18_000_000, 25, 6),
		(("ساق پا", "Lower legs"), 26_000_000, 35, 8),
		(("پشت", "Back"), 34_000_000, 45, 8),
		(("خط بیکینی", "Bikini line"), 14_000_000, 20, 6),
	],
}

# code, title, kind, branch index, gender
RESOURCES = [
	("R-101", ("اتاق معاینهٔ ۱", "Examination room 1"), "Room", 0, "Any"),
	("R-102", ("اتاق معاینهٔ ۲", "Examination room 2"), "Room", 0, "Any"),
	("R-103", ("اتاق تزریق", "Injection room"), "Room", 0, "Any"),
	("R-104", ("اتاق مراقبت پوست", "Facial room"), "Room", 0, "Any"),
	("R-105", ("یونیت دندان‌پزشکی ۱", "Dental unit 1"), "Chair", 0, "Any"),
	("D-201", ("دستگاه لیزر کندلا", "Candela laser"), "Device", 0, "Female"),
	("D-202", ("دستگاه لیزر الکساندرایت", "Alexandrite laser"), "Device", 0, "Any"),
	("D-203", ("دستگاه کویتیشن", "Cavitation device"), "Device", 0, "Any"),
	("R-301", ("اتاق معاینهٔ ۳", "Examination room 3"), "Room", 1, "Any"),
	("R-302", ("اتاق تزریق ۲", "Injection room 2"), "Room", 1, "Any"),
	("D-401", ("دستگاه لیزر دایود", "Diode laser"), "Device", 1, "Any"),
	("R-303", ("اتاق مراقبت پوست ۲", "Facial room 2"), "Room", 1, "Any"),
]
