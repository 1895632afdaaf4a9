/* Which contract prices a line: what the server resolved, as a tag; another one by choice (A21). */

const { h, fill, icon, field } = clinic.ui;

const KEEP_MS = 60_000;
let kept = null;

// Contracts in force today; the server refuses one that does not cover the service, and says so.
function contracts() {
	if (kept && Date.now() - kept.at < KEEP_MS) return kept.rows;
	const today = clinic.fmt.today();
	const rows = clinic
		.call(
			"frappe.client.get_list",
			{
				doctype: "Clinic Service Contract",
				fields: ["name", "title", "kind", "is_supplementary", "branch", "valid_to"],
				filters: { is_active: 1, valid_from: ["<=", today] },
				order_by: "title asc",
				limit_page_length: 0,
			},
			{ quiet: true }
		)
		.then((found) => found.filter((row) => !row.valid_to || row.valid_to >= today))
		.catch(() => []);
	kept = { at: Date.now(), rows };
	return rows;
}

/**
 * contract_choice({branch(), on_change}) → {tag, supplementary, read(), show(quote)}. `tag` is a button
 * that names the contract; `supplementary` is a control for the second insurer.
 */
export function contract_choice({ branch = () => null, on_change }) {
	const chosen = { choice: "Automatic", contract: null, second: null };
	const text = h("span", {});
	const tag = h(
		"button",
		{
			class: "clinic-tag clinic-tag--info clinic-contract",
			"aria-haspopup": "menu",
			on_click: () => open(),
		},
		text,
		icon("down", 12)
	);
	const choose = (choice, contract = null) => {
		Object.assign(chosen, { choice, contract });
		if (choice === "List Price") chosen.second = null;
		on_change();
	};
	async function open() {
		const rows = (await contracts()).filter(
			(row) => fits(row, branch()) && !row.is_supplementary
		);
		clinic.ui.menu(
			tag,
			[
				{ label: __("What applies by itself"), on_click: () => choose("Automatic") },
				{ label: __("List price"), on_click: () => choose("List Price") },
				...(rows.length ? [{ divider: true }] : []),
				...rows.map((row) => ({
					label: `${row.title} · ${__(row.kind)}`,
					on_click: () => choose("Chosen", row.name),
				})),
			],
			{ title: __("Price by") }
		);
	}
	return {
		tag,
		supplementary: second_insurer(chosen, branch, on_change),
		read: () => read(chosen),
		show: (quote) => show(text, chosen, quote),
	};
}

const fits = (row, branch) => !row.branch || !branch || row.branch === branch;

function read({ choice, contract, second }) {
	if (choice === "Automatic" && !second) return { contract_choice: "Automatic" };
	if (choice === "List Price") return { contract_choice: "List Price" };
	return { contract_choice: "Chosen", contract, supplementary_contract: second };
}

function show(text, { choice }, quote) {
	const title = quote?.contract_title || __("List price");
	const second = (quote?.insurer_shares || []).find((row) => row.kind === "supplementary");
	const names = second ? `${title} + ${second.insurer_title}` : title;
	fill(text, choice === "Chosen" ? __("{0} (chosen)", [names]) : names);
}

function second_insurer(chosen, branch, on_change) {
	const picker = clinic.ui.combo_box({
		label: __("Supplementary insurer"),
		placeholder: __("By the patient's file"),
		options: contracts().then((rows) =>
			rows
				.filter((row) => row.is_supplementary && fits(row, branch()))
				.map((row) => ({ value: row.name, label: row.title }))
		),
		on_change: (value) => {
			chosen.second = value || null;
			if (value && chosen.choice === "List Price") chosen.choice = "Automatic";
			on_change();
		},
	});
	return field({ label: __("Supplementary insurer"), control: picker.element });
}
