/* What is found, chosen and pasted in the dialog of suggested services. Pure: no Frappe, no DOM. */

import { fold, read_number } from "../../kit/digits.js";

// Vowel marks and the hamza above: written by some, typed by few.
const MARKS = /[\u0610-\u061a\u064b-\u065f\u0670]/g;

const plain = (text) => fold(String(text ?? "").replace(MARKS, ""));

/** The text a service is found by: all its names and codes; half-spaces read as a space and as nothing. */
export function search_text(service, department) {
	const names = [
		service.code,
		...Object.values(service.titles),
		...Object.values(department?.titles || {}),
		...service.areas.flatMap((area) => Object.values(area.titles)),
	].join(" ");
	return `${plain(names)} ${plain(names.replaceAll("\u200c", ""))}`;
}

/** Does a text of `search_text` hold every word of the query? An empty query fits everything. */
export function fits(text, query) {
	return plain(query)
		.split(" ")
		.every((word) => text.includes(word));
}

/** The name in a language; what the catalogue lacks is English. */
export function title_in(titles, language) {
	return titles[language] || titles.en;
}

/** The name beside it: English beside Persian, Persian beside all others. */
export function other_title(titles, language) {
	return title_in(titles, language === "fa" ? "en" : "fa");
}

/**
 * A column of prices copied from a spreadsheet → [{amount} or {bad: text}], one for each line.
 * `factor` stored units make one typed unit. An empty line is a price left open: {amount: null}. Of a
 * line with several columns the first number counts. The line break at the end of a copy is no line.
 */
export function read_prices(text, factor = 1) {
	const lines = String(text).replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
	return lines.map((line) => {
		const cells = line
			.split("\t")
			.map((cell) => cell.trim())
			.filter(Boolean);
		if (!cells.length) return { amount: null };
		const found = cells.map((cell) => read_number(cell)).find((value) => value >= 0);
		return found === undefined ? { bad: line.trim() } : { amount: found * factor };
	});
}

/** Is pasted text a column or row of cells rather than one number? */
export function is_column(text) {
	return /[\n\r\t]/.test(String(text).trim());
}

/** [{code, chosen, available}]: how many services of each department there are, and are chosen. */
export function counts(services, chosen) {
	const found = new Map();
	for (const { code, department, service } of services) {
		const count = found.get(department) || { total: 0, available: 0, chosen: 0 };
		count.total += 1;
		if (!service) count.available += 1;
		if (chosen.has(code)) count.chosen += 1;
		found.set(department, count);
	}
	return found;
}

/** Has a service a price: its own, or one of its areas? */
export function has_price({ amount, areas }) {
	return is_amount(amount) || Object.values(areas || {}).some(is_amount);
}

const is_amount = (value) => value !== null && value !== undefined;

/** What the server is asked to adopt: the chosen ones with the prices typed for them. */
export function request(services, chosen, prices) {
	return services
		.filter(({ code, service }) => chosen.has(code) && !service)
		.map(({ code }) => {
			const { amount = null, areas = {} } = prices.get(code) || {};
			const typed = Object.entries(areas).filter(([, value]) => is_amount(value));
			return { suggestion: code, amount, areas: Object.fromEntries(typed) };
		});
}
