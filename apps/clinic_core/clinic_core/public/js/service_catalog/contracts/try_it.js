/* Try a contract: what a service costs under it, and why. */

import { call } from "../../kit/call.js";
import { dialog } from "../../kit/dialogs.js";
import { today } from "../../kit/fmt.js";
import { service } from "../pickers.js";
import { quote_panel } from "../quote_panel.js";

const QUOTE = "clinic_core.service_catalog.api.get_quote";

/** A dialog that prices any service by the saved contract of the form; the other insurer may be added. */
export function try_contract(frm) {
	const { name, title, is_supplementary, valid_from } = frm.doc;
	const [field, other] = is_supplementary
		? ["supplementary_contract", "contract"]
		: ["contract", "supplementary_contract"];
	const panel = quote_panel({
		title,
		fields: ["service", "area", "quantity", "discount"],
		more: ["patient", other, "on"],
		// A contract of next year is tried on its first day.
		on: valid_from > today() ? valid_from : null,
		areas: areas_of,
		ask: (asked) =>
			asked.service ? call(QUOTE, { ...asked, [field]: name }, { quiet: true }) : null,
	});
	dialog({
		title: __("Try the contract"),
		content: panel.element,
		primary: { label: __("Close"), action: async () => true },
	});
}

async function areas_of(name) {
	const row = name ? await service(name) : null;
	return {
		areas: (row?.areas || []).map((area) => ({ value: area.code, label: area.title })),
		is_optional: Number(row?.amount || 0) > 0,
	};
}
