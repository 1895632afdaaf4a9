/* From a proforma: its lines at the prices that were promised, with one click. */

const { h, fill } = clinic.ui;

const PROMISED = "clinic_reception.front_desk.api.promised_prices";

/**
 * promises(list) → {element, refresh()}: a button for each proforma of the patient that still holds and
 * is not on the list yet.
 */
export function promises(list) {
	const element = h("div", { class: "clinic-lines__promises" });
	show(list, element);
	return {
		element,
		refresh() {
			const taken = new Set(list.lines.map((line) => line.proforma?.proforma));
			for (const chip of element.children) chip.hidden = taken.has(chip.dataset.proforma);
		},
	};
}

async function show(list, element) {
	if (!list.patient()) return;
	const found = await clinic
		.call(PROMISED, { patient: list.patient() }, { quiet: true })
		.catch(() => []);
	fill(
		element,
		found.map((proforma) => offer(list, proforma))
	);
}

function offer(list, proforma) {
	const amount = clinic.fmt.money(proforma.patient_share, { unit: true });
	const number = clinic.fmt.code(proforma.proforma_no);
	const until = clinic.fmt.date(proforma.valid_until, { short: true });
	return h(
		"button",
		{
			class: "clinic-chip",
			data: { proforma: proforma.proforma },
			on_click: (event) => {
				event.currentTarget.hidden = true;
				take(list, proforma);
			},
		},
		clinic.ui.icon("plus", 12),
		__("From proforma {0}: {1}, holds until {2}", [number, amount, until])
	);
}

async function take(list, { proforma_no, lines }) {
	for (const line of lines) {
		const service = await clinic.catalog.service(line.service);
		if (!service) continue;
		const { proforma, proforma_line, quote, area, practitioner, quantity } = line;
		list.add(service, {
			area,
			practitioner,
			quantity,
			proforma: { proforma, proforma_line },
			promised: { quote, proforma_no },
		});
	}
}
