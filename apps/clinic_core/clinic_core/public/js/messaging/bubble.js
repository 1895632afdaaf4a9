/* A text message as it arrives: the words in a bubble, below it its parts and what it costs (N9). */

import { fill, h } from "../kit/dom.js";
import { money, number } from "../kit/fmt.js";
import { tag } from "../kit/ui.js";

const RTL = ["fa", "ar", "ur"];

const direction = (row) => (RTL.includes((row.language || "").slice(0, 2)) ? "rtl" : "ltr");

/** bubble(preview) → element, of what `messaging.api.preview` answers. */
export function bubble(row) {
	return h(
		"div",
		{ class: "clinic-sms" },
		h("div", { class: "clinic-sms__text", dir: direction(row) }, row.text || __("(empty)")),
		h("div", { class: "clinic-sms__facts" }, facts(row)),
		row.why_not && h("div", { class: "clinic-error" }, row.why_not)
	);
}

/** letter(preview) → element: an email as its receiver sees it, apart from everything of this page. */
export function letter(row) {
	const frame = h("iframe", {
		class: "clinic-mail__body",
		// No script and no form of it runs; of one origin, so that its height can be asked.
		sandbox: "allow-same-origin",
		title: row.subject,
		srcdoc: row.html,
	});
	frame.addEventListener("load", () => {
		frame.style.blockSize = `${frame.contentDocument.documentElement.scrollHeight}px`;
	});
	return h(
		"div",
		{ class: "clinic-mail" },
		h("div", { class: "clinic-mail__subject", dir: direction(row) }, row.subject),
		frame,
		row.why_not && h("div", { class: "clinic-error" }, row.why_not)
	);
}

function facts({ parts, left, encoding, cost, is_too_long }) {
	const count = parts === 1 ? __("1 part") : __("{0} parts", [number(parts)]);
	const made = [tag({ text: count, tone: parts > 2 ? "warning" : "neutral" })];
	if (is_too_long) made.push(tag({ text: __("Too long to be sent"), tone: "danger" }));
	else made.push(h("span", {}, __("{0} letters left", [number(left)])));
	if (Number(cost)) made.push(h("span", {}, money(cost, { unit: true })));
	if (encoding === "UCS-2" && parts > 1)
		made.push(
			h(
				"span",
				{},
				__("With other than Latin letters: 70 in one part, 67 in each of several")
			)
		);
	return made;
}

/** Show an error where a bubble would be. */
export function show_failure(element, error) {
	fill(element, h("div", { class: "clinic-error" }, error.message));
}
