/* A column of prices copied from a spreadsheet goes into the price at hand and those below it. */

import { money_unit } from "../../kit/boot.js";
import { list, number } from "../../kit/fmt.js";
import { toast } from "../../kit/toast.js";
import { is_column, read_prices } from "./rules.js";

const NAMED = 3;

/** Handle a paste into a price box of `rows` (a RowList); a single number is pasted as usual. */
export function paste_column(rows, event) {
	const boxes = rows.boxes_on_screen();
	const at = boxes.findIndex(({ box }) => box.input === event.target);
	const text = event.clipboardData?.getData("text/plain") || "";
	if (at < 0 || !is_column(text)) return;
	event.preventDefault();
	const prices = read_prices(text, money_unit().factor);
	const used = prices.slice(0, boxes.length - at);
	used.forEach(({ amount }, index) => {
		if (is_amount(amount)) rows.fill_price(boxes[at + index], amount);
	});
	boxes[at + used.length - 1].box.input.focus();
	tell(used, prices.length - used.length);
}

const is_amount = (amount) => amount !== undefined && amount !== null;

function tell(used, left) {
	const pasted = used.filter(({ amount }) => is_amount(amount)).length;
	const bad = used.map((price) => price.bad).filter(Boolean);
	const lines = [__("{0} prices pasted", [number(pasted)])];
	if (bad.length) lines.push(__("Left out, not a number: {0}", [list(bad.slice(0, NAMED))]));
	if (left) lines.push(__("{0} did not fit below", [number(left)]));
	toast(lines.join("\n"), { kind: lines.length > 1 ? "warning" : "success" });
}
