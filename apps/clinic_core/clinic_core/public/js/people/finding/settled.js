/*
 * Which searches count (`design.md` §4.13): one whose result was chosen, or whose text rested for a
 * while, or was left standing. Not every key that was pressed on the way.
 */

import { command } from "../../kit/call.js";

const SEARCHED = "clinic_core.people.access_log.api.searched";
const REST_MS = 4000;

export function settle() {
	let timer = null;
	let waiting = null;
	const told = new Set();
	const tell = (args) => {
		clearTimeout(timer);
		waiting = null;
		if (!args.text || told.has(args.text)) return;
		told.add(args.text);
		// Whoever searches does not wait for the log; that it failed is the server's to report.
		command(SEARCHED, args, { quiet: true }).catch(() => {});
	};
	return {
		rest(text, count) {
			clearTimeout(timer);
			waiting = text ? { text, count } : null;
			if (text) timer = setTimeout(() => tell({ text, count }), REST_MS);
		},
		chosen: (text, patient) => tell({ text, patient }),
		leave: () => waiting && tell(waiting),
	};
}
