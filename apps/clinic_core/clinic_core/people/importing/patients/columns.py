"""The columns of a table of patients, and what people call them."""

from clinic_core.people.importing.columns import Field

FIELDS = (
	Field(
		"full_name",
		"Full name",
		headings=(
			*("name", "patient", "patient name", "نام و نام خانوادگی", "نام کامل", "نام بیمار", "بیمار"),
			*("نام ونام خانوادگی", "نام مراجع", "ad soyad", "adı soyadı", "hasta adı"),
		),
	),
	Field(
		"first_name",
		"First name",
		headings=("given name", "forename", "نام", "نام کوچک", "اسم", "ad", "adı", "isim"),
	),
	Field(
		"last_name",
		"Last name",
		headings=("surname", "family name", "family", "نام خانوادگی", "فامیل", "فامیلی", "soyad", "soyadı"),
	),
	Field(
		"mobile",
		"Mobile",
		reader="phones",
		headings=(
			*("mobile number", "mobile phone", "cell", "cell phone", "phone number", "phone 1"),
			*(
				"موبایل",
				"شماره موبایل",
				"تلفن همراه",
				"همراه",
				"شماره همراه",
				"شماره تماس",
				"تلفن تماس",
				"موبایل ۱",
			),
			*("cep", "cep telefonu", "gsm", "telefon no"),
		),
	),
	Field(
		"phone",
		"Other phone",
		reader="phones",
		headings=(
			*("phone", "telephone", "home phone", "phone 2", "landline", "tel"),
			*("تلفن", "تلفن ثابت", "تلفن منزل", "شماره تلفن", "تلفن ۲", "موبایل ۲", "سایر تلفن ها"),
			*("telefon", "ev telefonu", "sabit telefon"),
		),
	),
	Field(
		"gender",
		"Gender",
		reader="gender",
		headings=("sex", "m/f", "جنسیت", "جنس", "cinsiyet"),
		is_default=True,
		options="Female\nMale",
	),
	Field(
		"birth_date",
		"Birth date",
		reader="date",
		headings=(
			*("date of birth", "birthday", "dob", "born", "تاریخ تولد", "ت تولد", "متولد", "تولد"),
			*("doğum tarihi", "dogum tarihi"),
		),
	),
	Field(
		"national_code",
		"National code",
		reader="code",
		headings=(
			*("national id", "national code", "id number", "identity number", "ssn", "national number"),
			*("کد ملی", "کدملی", "شماره ملی", "کد شناسایی", "tc kimlik no", "tc no", "kimlik no"),
		),
	),
	Field(
		"file_no",
		"File number",
		reader="code",
		headings=(
			*(
				"file no",
				"file",
				"patient id",
				"patientid",
				"patient no",
				"chart number",
				"record number",
				"mrn",
			),
			*("شماره پرونده", "پرونده", "کد پرونده", "ش پرونده", "کد بیمار", "شماره بیمار", "کد اشتراک"),
			*("dosya no", "hasta no", "dosya numarası"),
		),
	),
	Field(
		"referral_source",
		"Referral source",
		headings=(
			*("source", "lead source", "referral", "how did you hear", "نحوه آشنایی", "نحوه اشنایی", "معرف"),
			*("منبع معرفی", "طریقه آشنایی", "کانال آشنایی", "kaynak", "referans"),
		),
		is_default=True,
		options="Clinic Referral Source",
	),
	Field(
		"consultant",
		"Consultant",
		headings=("مشاور", "نام مشاور", "danışman"),
		is_default=True,
		options="Clinic Practitioner",
	),
	Field(
		"branch",
		"Branch",
		headings=("clinic", "location", "شعبه", "مرکز", "نام شعبه", "şube"),
		is_default=True,
		options="Clinic Branch",
	),
	Field("email", "Email", reader="email", headings=("e-mail", "mail", "ایمیل", "پست الکترونیک", "eposta")),
	Field("city", "City", headings=("town", "شهر", "شهرستان", "محل سکونت", "şehir", "il")),
	Field(
		"address",
		"Address",
		reader="long_text",
		headings=(
			"home address",
			"street",
			"neighbourhood",
			"neighborhood",
			"آدرس",
			"نشانی",
			"ادرس",
			"adres",
		),
	),
	Field(
		"note",
		"Note",
		reader="long_text",
		headings=(
			"notes",
			"comment",
			"comments",
			"remarks",
			"توضیحات",
			"یادداشت",
			"ملاحظات",
			"not",
			"açıklama",
		),
	),
	Field(
		"alerts",
		"Alerts",
		reader="long_text",
		headings=("alert", "warning", "allergy", "allergies", "هشدار", "حساسیت", "آلرژی", "uyarı", "alerji"),
	),
)
