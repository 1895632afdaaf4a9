/* The words of the page, in the visitor's language, as the server wrote them into it. */

let known = null;

export function text(code, ...values) {
	if (!known) {
		const element = document.getElementById("center-texts");
		known = element ? JSON.parse(element.textContent) : {};
	}
	return values.reduce((all, value, at) => all.replace(`{${at}}`, value), known[code] || "");
}

/** A number in the digits of the page. */
export function number(value) {
	const persian = document.documentElement.lang === "fa";
	return String(value).replace(/\d/g, (digit) => (persian ? "۰۱۲۳۴۵۶۷۸۹"[digit] : digit));
}
