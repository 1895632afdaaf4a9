/* The page “Duplicate files”: pairs that may be one person, by score, both side by side (D43). */

import { call, command } from "../../kit/call.js";
import { confirm_reason } from "../../kit/dialogs.js";
import { fill, h } from "../../kit/dom.js";
import { number } from "../../kit/fmt.js";
import { watch } from "../../kit/live.js";
import { toast } from "../../kit/toast.js";
import { button, empty, segmented, skeleton, tag } from "../../kit/ui.js";
import { may_merge, merge_dialog } from "./merge_dialog.js";
import { person_card } from "./sides.js";

const API = "clinic_core.people.merging.api";
const PAGE = 20;
const STATES = ["Open", "Not the same", "Merged", "Stale"];

/** The page; `show` is called each time it comes to the front. */
export class MergePage {
	constructor(page) {
		this.status = "Open";
		this.list = h("div", { class: "clinic-merge-list" });
		this.progress = h("div", { class: "clinic-merge-list__progress", "aria-live": "polite" });
		this.more = h("div");
		const states = segmented({
			label: __("Status"),
			options: STATES.map((value) => ({ value, label: __(value) })),
			value: this.status,
			on_change: (value) => {
				this.status = value;
				this.load();
			},
		});
		page.main.append(
			h("div", { class: "clinic-merge-page" }, states, this.progress, this.list, this.more)
		);
		if (may_merge()) {
			page.set_primary_action(__("Merge two files"), () =>
				merge_dialog({ on_done: () => this.load() })
			);
			page.add_inner_button(__("Compare all files"), () => this.compare());
			page.add_inner_button(__("Merges"), () =>
				frappe.set_route("List", "Clinic Patient Merge")
			);
		}
		frappe.realtime.on("clinic_duplicates", (message) => this.tell(message));
		watch(["Clinic Merge Suggestion"], () => this.load(), {
			active: () => !document.hidden && page.main[0].offsetParent !== null,
		});
	}

	show() {
		this.load();
	}

	async compare() {
		await command(`${API}.look_for_duplicates`);
		fill(this.progress, __("The files are being compared in the background …"));
	}

	tell({ done, of, too_large, suggested }) {
		if (suggested === null || suggested === undefined)
			return fill(
				this.progress,
				__("Compared {0} of {1} pairs …", [number(done), number(of)])
			);
		const parts = [__("{0} pairs look like one person.", [number(suggested)])];
		if (too_large)
			parts.push(
				__("{0} names or phones shared by very many files were left out.", [
					number(too_large),
				])
			);
		fill(this.progress, parts.join(" "));
		this.load();
	}

	async load() {
		if (!this.list.children.length) fill(this.list, skeleton(3));
		const ticket = (this.ticket = (this.ticket || 0) + 1);
		try {
			const answer = await call(`${API}.list_suggestions`, {
				status: this.status,
				page_length: PAGE,
			});
			if (ticket === this.ticket) this.draw(answer, false);
		} catch (error) {
			fill(this.list, h("div", { class: "clinic-error" }, error.message));
		}
	}

	async load_more() {
		const start = this.list.children.length;
		const answer = await call(`${API}.list_suggestions`, {
			status: this.status,
			start,
			page_length: PAGE,
		});
		this.draw(answer, true);
	}

	draw(answer, append) {
		if (!append) fill(this.list);
		this.list.append(...answer.rows.map((row) => this.pair(row, answer.may_merge)));
		if (!this.list.children.length) fill(this.list, this.nothing());
		fill(
			this.more,
			answer.has_more && button({ label: __("Show more"), on_click: () => this.load_more() })
		);
	}

	nothing() {
		return empty({
			icon: "user",
			title: __("No pairs here"),
			hint: __("Every night the files that changed are compared with all others."),
		});
	}

	pair(row, may) {
		const actions = row.people.length === 2 && [
			may &&
				this.status !== "Merged" &&
				button({
					label: __("Compare and merge"),
					kind: "primary",
					on_click: () => this.merge(row),
				}),
			this.status === "Open" &&
				button({ label: __("Not the same person"), on_click: () => this.refuse(row) }),
			this.status === "Not the same" &&
				button({ label: __("May be the same"), on_click: () => this.say(row, "Open") }),
		];
		return h(
			"div",
			{ class: "clinic-merge-list__pair", data: { suggestion: row.name } },
			h(
				"div",
				{ class: "clinic-merge-list__head" },
				row.score > 0 &&
					tag({ text: __("{0}% alike", [number(row.score)]), tone: tone_of(row.score) }),
				h("span", { class: "text-muted" }, row.reasons.join(" · ")),
				row.note && h("span", {}, row.note)
			),
			h(
				"div",
				{ class: "clinic-merge__sides" },
				row.people.map((person) => person_card(person))
			),
			h("div", { class: "clinic-merge-list__actions" }, actions)
		);
	}

	// The file with more behind it is proposed as the one to keep.
	merge(row) {
		const weight = (person) => (person.counts || []).reduce((sum, one) => sum + one.count, 0);
		const [keep, duplicate] = [...row.people].sort(
			(one, other) => weight(other) - weight(one)
		);
		merge_dialog({ keep: keep.name, duplicate: duplicate.name, on_done: () => this.load() });
	}

	refuse(row) {
		return confirm_reason({
			title: __("Not the same person"),
			label: __("How do you know?"),
			hint: __("This is remembered: the two are not suggested or warned of again."),
			suggestions: [__("Relatives with one phone"), __("Only the same name")],
			on_confirm: (note, control, area) =>
				this.say(row, "Not the same", note, control, area),
		});
	}

	async say(row, status, note = null, control = null, error_area = null) {
		const { patient, other } = row;
		await command(
			`${API}.set_verdict`,
			{ patient, other, status, note },
			{ button: control, error_area }
		);
		toast(status === "Open" ? __("The pair is open again.") : __("Remembered."), {
			kind: "success",
		});
		this.load();
	}
}

const tone_of = (score) => (score >= 90 ? "danger" : "warning");
