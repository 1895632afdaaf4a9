/* Numbers and dates as people type them. Pure: no Frappe, no DOM. Mirrors foundation/digits.py. */

const PERSIAN = "۰۱۲۳۴۵۶۷۸۹";
const ARABIC = "٠١٢٣٤٥٦٧٨٩";
// What copy-paste brings along: spaces of all widths and the invisible direction marks.
const INVISIBLE = /[\s\u00a0\u2009\u200c\u200e\u200f\u202f\u2066-\u2069]/g;
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;
const LATIN_FORMAT = { decimal_str: ".", group_sep: "," };

/** Persian and Arabic digits → Latin ones; everything else stays as it is. */
export function to_latin(text) {
	return String(text ?? "").replace(/[۰-۹٠-٩]/g, (digit) => {
		const at = PERSIAN.indexOf(digit);
		return String(at >= 0 ? at : ARABIC.indexOf(digit));
	});
}

/** Latin digits → Persian ones. */
export function to_persian(text) {
	return String(text ?? "").replace(/\d/g, (digit) => PERSIAN[digit]);
}

/**
 * A sentence with Persian digits: numbers, times and dates; what belongs to a code, an address or a
 * Latin word (PT-0012, 4K, 10.0.0.1:8000/x) stays as it is.
 */
export function sentence_digits(text) {
	const numbers = /(^|[^A-Za-z0-9@_/\-.])(\d+(?:[.,:/]\d+)*)(?![A-Za-z0-9@_/-]|[.:,]\w)/g;
	return String(text ?? "").replace(
		numbers,
		(_all, before, found) => before + to_persian(found)
	);
}

/**
 * A number as typed in any of our languages: "۲٬۵۰۰٬۰۰۰" is 2500000, "" is null, nonsense is NaN
 * (never 0). `format` is the site's own {decimal_str, group_sep}.
 */
export function read_number(text, format = LATIN_FORMAT) {
	if (typeof text === "number") return text;
	let plain = to_latin(text).replace(INVISIBLE, "").replace(/[−–]/g, "-");
	if (plain === "") return null;
	plain = plain.replace(/[٬،'’]/g, "");
	if (/٫/.test(plain)) {
		plain = plain.replace(/[,.]/g, "").replace(/٫/g, ".");
	} else {
		const group = (format.group_sep || "").trim();
		if (group && group !== "'") plain = plain.split(group).join("");
		if (format.decimal_str && format.decimal_str !== ".") {
			plain = plain.split(format.decimal_str).join(".");
		}
	}
	return NUMBER.test(plain) ? Number(plain) : NaN;
}

/** True if the text is a little sum such as 2*350000, which Frappe's number boxes work out. */
export function is_expression(text) {
	const plain = to_latin(text).trim();
	return /^[0-9+\-/* .]+$/.test(plain) && /[0-9]\s*[+\-/*]\s*[0-9]/.test(plain);
}

/** A date of the Persian calendar → [year, month, day] of the Gregorian one. */
export function jalali_to_gregorian(year, month, day) {
	const y = year + 1595;
	let days =
		-355668 +
		365 * y +
		Math.floor(y / 33) * 8 +
		Math.floor(((y % 33) + 3) / 4) +
		day +
		(month < 7 ? (month - 1) * 31 : (month - 7) * 30 + 186);
	let gy = 400 * Math.floor(days / 146097);
	days %= 146097;
	if (days > 36524) {
		days -= 1;
		gy += 100 * Math.floor(days / 36524);
		days %= 36524;
		if (days >= 365) days += 1;
	}
	gy += 4 * Math.floor(days / 1461);
	days %= 1461;
	if (days > 365) {
		gy += Math.floor((days - 1) / 365);
		days = (days - 1) % 365;
	}
	const date = new Date(Date.UTC(gy, 0, days + 1));
	return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
}

function iso_of(year, month, day) {
	return jalali_to_gregorian(year, month, day)
		.map((part) => String(part).padStart(2, "0"))
		.join("-");
}

function is_jalali(year, month, day) {
	if (month < 1 || month > 12 || day < 1 || day > (month < 7 ? 31 : 30)) return false;
	// The last month has 30 days in leap years only.
	return !(month === 12 && day === 30) || iso_of(year, 12, 30) !== iso_of(year + 1, 1, 1);
}

/**
 * A date as typed, with Latin digits. A year from 1300 to 1499 first is taken as a Persian one
 * (1405/08/30) and given back as yyyy-mm-dd; anything else only changes its digits.
 */
export function latin_date(text) {
	const plain = to_latin(text).trim();
	const match = plain.match(/^(1[34]\d\d)[/\-.](\d{1,2})[/\-.](\d{1,2})$/);
	if (!match) return { text: plain, iso: null };
	const [year, month, day] = match.slice(1).map(Number);
	return { text: plain, iso: is_jalali(year, month, day) ? iso_of(year, month, day) : "" };
}

/** Text for comparing: Latin digits, one form of ي/ی and ك/ک, no half-spaces, lower case. */
export function fold(text) {
	return to_latin(text)
		.toLowerCase()
		.replace(/[يى]/g, "ی")
		.replace(/ك/g, "ک")
		.replace(/[أإآ]/g, "ا")
		.replace(/\u200c|\u200d|\u200e|\u200f/g, " ")
		.replace(/\s+/g, " ")
		.trim();
}
