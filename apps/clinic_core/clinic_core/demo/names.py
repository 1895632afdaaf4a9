"""Names, numbers and places of invented people, in Persian and transliterated. Pure."""

import random

# (Persian, transliterated)
FEMALE = [
	("زهرا", "Zahra"),
	("مریم", "Maryam"),
	("فاطمه", "Fatemeh"),
	("سارا", "Sara"),
	("نرگس", "Narges"),
	("الهام", "Elham"),
	("نیلوفر", "Niloufar"),
	("شیما", "Shima"),
	("مهسا", "Mahsa"),
	("پریسا", "Parisa"),
	("لیلا", "Leila"),
	("سمیرا", "Samira"),
	("آزاده", "Azadeh"),
	("هانیه", "Hanieh"),
	("نگین", "Negin"),
	("یاسمن", "Yasaman"),
	("شقایق", "Shaghayegh"),
	("ترانه", "Taraneh"),
	("ریحانه", "Reyhaneh"),
	("مینا", "Mina"),
	("نسترن", "Nastaran"),
	("فرزانه", "Farzaneh"),
	("رویا", "Roya"),
	("مهناز", "Mahnaz"),
	("گلناز", "Golnaz"),
	("سپیده", "Sepideh"),
	("شهرزاد", "Shahrzad"),
	("ملیکا", "Melika"),
]
MALE = [
	("علی", "Ali"),
	("محمد", "Mohammad"),
	("حسین", "Hossein"),
	("رضا", "Reza"),
	("امیر", "Amir"),
	("مهدی", "Mehdi"),
	("سعید", "Saeed"),
	("حمید", "Hamid"),
	("آرش", "Arash"),
	("کیان", "Kian"),
	("پویا", "Pouya"),
	("بهزاد", "Behzad"),
	("فرهاد", "Farhad"),
	("سینا", "Sina"),
	("نیما", "Nima"),
	("کامران", "Kamran"),
	("داوود", "Davoud"),
	("مسعود", "Masoud"),
	("شایان", "Shayan"),
	("بابک", "Babak"),
]
FAMILY = [
	("محمدی", "Mohammadi"),
	("حسینی", "Hosseini"),
	("احمدی", "Ahmadi"),
	("رضایی", "Rezaei"),
	("کریمی", "Karimi"),
	("موسوی", "Mousavi"),
	("جعفری", "Jafari"),
	("قاسمی", "Ghasemi"),
	("رحیمی", "Rahimi"),
	("کاظمی", "Kazemi"),
	("صادقی", "Sadeghi"),
	("ابراهیمی", "Ebrahimi"),
	("نوری", "Nouri"),
	("اکبری", "Akbari"),
	("مرادی", "Moradi"),
	("یوسفی", "Yousefi"),
	("طاهری", "Taheri"),
	("شریفی", "Sharifi"),
	("بهرامی", "Bahrami"),
	("نجفی", "Najafi"),
	("فرهادی", "Farhadi"),
	("امینی", "Amini"),
	("زارعی", "Zarei"),
	("سلطانی", "Soltani"),
	("یزدانی", "Yazdani"),
	("کامیابی", "Kamyabi"),
	("پارسا", "Parsa"),
	("راد", "Rad"),
	("تهرانی", "Tehrani"),
	("شیرازی", "Shirazi"),
	("اصفهانی", "Esfahani"),
	("خسروی", "Khosravi"),
	("نیک‌نام", "Niknam"),
	("دلاوری", "Delavari"),
	("آذری", "Azari"),
]
CITIES = [("تهران", "Tehran"), ("کرج", "Karaj"), ("ری", "Rey"), ("شهریار", "Shahriar"), ("قم", "Qom")]
OPERATOR_CODES = ("912", "935", "936", "919", "901", "910", "933", "921")


def mobile(rng: random.Random) -> str:
	"""An Iranian mobile number in E.164."""
	return f"+98{rng.choice(OPERATOR_CODES)}{rng.randrange(10**7):07d}"


def national_code(rng: random.Random) -> str:
	"""A ten-digit national code with a right check digit."""
	digits = [rng.randrange(10) for _ in range(9)]
	if len(set(digits)) == 1:
		digits[0] = (digits[0] + 1) % 10
	rest = sum(digit * (10 - place) for place, digit in enumerate(digits)) % 11
	return "".join(map(str, digits)) + str(rest if rest < 2 else 11 - rest)
