/* What was typed into the login box, in the form logins are known by. Pure. */

import { to_latin } from "./digits.js";

const SEPARATORS = /[\s\-().\u200c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** "۰۹۱۲ ۳۴۵ ۶۷۸۹", "+98 912 345 6789", "0098912…" → "09123456789"; e-mails and names stay.
 * `code`: the calling code that may be left out, such as "98". */
export function login_name(typed, code) {
	const text = to_latin(typed || "").trim();
	if (text.includes("@") || /[A-Za-z]/.test(text)) return text;
	const plain = text.replace(SEPARATORS, "");
	if (!/^\+?\d{7,15}$/.test(plain)) return text;
	const abroad = plain.startsWith("00") ? `+${plain.slice(2)}` : plain;
	if (code && abroad.startsWith(`+${code}`)) return `0${abroad.slice(code.length + 1)}`;
	return abroad;
}
