// What the lines of a payment add up to. Pure: no Frappe, no DOM. Amounts in stored units.

const round = (value) => Math.round(value * 1e6) / 1e6;

/** The sum of all amounts; empty boxes count as nothing. */
export function sum_of(lines) {
	return round(lines.reduce((sum, line) => sum + (line.amount || 0), 0));
}

/** {sum, remaining, over}: `remaining` is still to be paid, `over` stays as credit. */
export function settle(lines, target) {
	const sum = sum_of(lines);
	const difference = round((target || 0) - sum);
	return { sum, remaining: Math.max(0, difference), over: Math.max(0, -difference) };
}

/** What a new line would start with: the rest, limited to what its source has (`limit`). */
export function next_amount(lines, target, limit = Infinity) {
	const { remaining } = settle(lines, target);
	return Math.min(remaining, limit) || null;
}

/** What the given source (credit, or one deposit) still has beside the other lines. */
export function left_of(source, lines, except = null) {
	const used = lines.filter(
		(line) =>
			line !== except &&
			line.kind === source.kind &&
			(line.deposit || null) === (source.deposit || null)
	);
	return Math.max(0, round(source.available - sum_of(used)));
}

/** Counted minus expected per row and in all; null where nothing was counted yet. */
export function differences(rows) {
	const each = rows.map(({ expected, counted }) =>
		counted === null || counted === undefined ? null : round(counted - expected)
	);
	return { each, total: round(each.reduce((sum, value) => sum + (value || 0), 0)) };
}

/** Problems of the lines before they are sent: [{line, code}], in order. */
export function problems(lines, methods) {
	const found = [];
	for (const line of lines) {
		const method = methods.find((each) => each.name === line.method);
		if (!line.amount || line.amount < 0) found.push({ line, code: "amount" });
		else if (method?.requires_reference && !line.reference)
			found.push({ line, code: "reference" });
		else if (method?.kind === "Deposit" && !line.deposit)
			found.push({ line, code: "deposit" });
	}
	return found;
}
