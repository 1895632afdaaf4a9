/* Asks the server what a line costs, as it is typed; only the last answer counts. */

const QUOTE = "clinic_core.service_catalog.api.get_quote";
const PAUSE_MS = 250;

/** Ask for the price of a line a moment after the last change, and tell `on_done`. */
export function request_quote(list, line, on_done) {
	clearTimeout(line.timer);
	line.timer = setTimeout(() => ask(list, line, on_done), line.quote ? PAUSE_MS : 0);
}

async function ask(list, line, on_done) {
	const ticket = ++line.ticket;
	clinic.ui.clear_error(line.problem);
	try {
		const answer = await clinic.call(QUOTE, args_of(list, line), { quiet: true });
		if (ticket !== line.ticket) return;
		line.quote = answer;
	} catch (error) {
		if (ticket !== line.ticket) return;
		line.quote = null;
		clinic.ui.show_error(error, line.problem);
	}
	on_done();
}

function args_of(list, line) {
	const read = line.read();
	return {
		service: line.service.name,
		patient: list.patient(),
		branch: list.branch(),
		quantity: read.quantity,
		area: read.area || null,
		contract: read.contract || null,
		supplementary_contract: read.supplementary_contract || null,
		at_list_price: read.contract_choice === "List Price" ? 1 : 0,
		discount_percent: read.discount_percent || 0,
		discount_amount: read.discount_amount || 0,
		practitioner: read.practitioner || null,
		touch_up: read.is_touch_up || 0,
		is_for_later: read.action === "Sell for Later" ? 1 : 0,
	};
}
