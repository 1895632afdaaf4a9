/* Suggested services as a large dialog, from anywhere in the desk (A20, A27). */

import { dialog } from "../../kit/dialogs.js";
import { h } from "../../kit/dom.js";
import { Chooser } from "./chooser.js";

/** suggested_services({on_done(result)}): `on_done` is told what was made, after the dialog says it. */
export function suggested_services({ on_done } = {}) {
	const root = h("div", { class: "clinic-suggestions clinic-suggestions--dialog" });
	const handle = dialog({
		title: __("Suggested services"),
		size: "extra-large",
		content: root,
		on_show: () => chooser.focus(),
		on_hide: () => chooser.leave(),
	});
	const chooser = new Chooser(root, { on_done, close: () => handle.hide() });
	return handle;
}
