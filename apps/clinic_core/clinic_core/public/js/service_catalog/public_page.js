/* The desk's side of the public page: the way there, and the decisions about comments. */

import { command } from "../kit/call.js";
import { toast } from "../kit/toast.js";

const MODERATE = "clinic_core.service_catalog.public_page.api.moderate_reviews";

/** A button of the form that opens the page in a new tab; `path` is what follows /center/. */
export function view_public(frm, path) {
	frm.add_custom_button(__("View on the public page"), () =>
		window.open(public_address(path), "_blank")
	);
}

/** The address of a public page; each part is encoded, the slashes stay. */
export function public_address(path) {
	const parts = (path || "").split("/").filter(Boolean).map(encodeURIComponent);
	return ["/center", ...parts].join("/");
}

/** What a moderator may do with a comment, in the order of frequency. */
export function review_moves(status) {
	const moves = [
		{ status: "Published", label: __("Publish", null, "comment") },
		{ status: "Rejected", label: __("Reject", null, "comment") },
		{ status: "Spam", label: __("Spam") },
	];
	return moves.filter((move) => move.status !== status);
}

/** Move comments, all or none, and say what happened. */
export async function moderate(names, status, options = {}) {
	const answer = await command(MODERATE, { names, status }, options);
	const count = clinic.fmt.number(answer.changed);
	const said = {
		Published: __("Comments published: {0}", [count]),
		Rejected: __("Comments rejected: {0}", [count]),
		Spam: __("Comments put aside as spam: {0}", [count]),
		Pending: __("Comments that wait again: {0}", [count]),
	};
	toast(said[status], { kind: "success" });
	return answer;
}
