/* Before a number is called: does the person want it? A call that is not wanted is warned of (E011). */

import { call } from "../../kit/call.js";
import { dialog } from "../../kit/dialogs.js";
import { h } from "../../kit/dom.js";

const API = "clinic_core.people.consent.api";

/**
 * may_call({doctype, name}, go): `go()` at once where a call is welcome; else the reason is shown, and
 * whoever still has to call (not to advertise) says so. A blocked or erased person is not called at all.
 */
export async function may_call(person, go) {
	let row;
	try {
		const asked = { person_doctype: person.doctype, person: person.name };
		const rows = await call(`${API}.may_contact`, asked, { quiet: true });
		row = rows.find((one) => one.channel === "Call");
	} catch {
		row = null;
	}
	if (!row || row.may) return go();
	const is_hard = ["blocked", "erased"].includes(row.why);
	dialog({
		title: __("No calls, please"),
		size: "small",
		content: h("p", {}, row.text),
		primary: is_hard
			? null
			: { label: __("Call all the same, not to advertise"), action: async () => void go() },
	});
}
