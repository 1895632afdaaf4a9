/* System Health: how the parts of the system are, what needs attention, and what to do about it. */

import { call, command } from "../kit/call.js";
import { confirm } from "../kit/dialogs.js";
import { fill, h, icon } from "../kit/dom.js";
import { datetime, number, now, time } from "../kit/fmt.js";
import { keys } from "../kit/keys.js";
import { toast } from "../kit/toast.js";
import { button, empty, skeleton } from "../kit/ui.js";
import { lists } from "./health_lists.js";
import { tiles } from "./health_tiles.js";

const EVERY_MS = 30_000;
const API = "clinic_core.operations.api";

// Finding → what the manager may do about it here.
const REMEDIES = {
	night_failed: "run_night",
	night_lost: "run_night",
	night_late: "run_night",
	backup_none: "back_up",
	backup_failed: "back_up",
	backup_late: "back_up",
};

/** The page; asks again every half minute while it is in front. */
export class HealthPage {
	constructor(page) {
		this.answer = null;
		this.root = h("div", { class: "clinic-health" });
		page.main.append(this.root);
		page.set_secondary_action(__("Refresh"), () => this.refresh(), "refresh");
		keys(this.root, [{ key: "r", label: __("Refresh"), action: () => this.refresh() }]);
	}

	/** Called each time the page comes to the front. */
	show() {
		if (!this.answer) fill(this.root, skeleton(4));
		this.refresh();
		this.timer ||= setInterval(() => !document.hidden && this.refresh(), EVERY_MS);
	}

	/** Called when another page comes to the front. */
	hide() {
		clearInterval(this.timer);
		this.timer = null;
	}

	async refresh() {
		try {
			this.answer = await call(`${API}.overview`, {}, { quiet: true });
			this.at = now();
		} catch (error) {
			return this.show_error(error);
		}
		this.draw();
	}

	show_error(error) {
		if (this.answer) {
			// What was true a moment ago is still worth seeing.
			return fill(this.stale, icon("alert", 14), __("Not refreshed: {0}", [error.message]));
		}
		fill(
			this.root,
			empty({
				icon: "alert",
				title: __("The health of the system could not be loaded"),
				hint: error.message,
				action: { label: __("Try again"), on_click: () => this.refresh() },
			})
		);
	}

	draw() {
		const { report } = this.answer;
		// A list that was unfolded stays so when the page refreshes itself.
		const opened = new Set(
			[...this.root.querySelectorAll("details[open]")].map((element) => element.dataset.name)
		);
		this.stale = h(
			"span",
			{ class: "clinic-health__at" },
			__("Checked at {0}", [time(this.at)])
		);
		fill(
			this.root,
			this.verdict(report),
			this.findings(report.findings),
			tiles(report),
			lists(this.answer, this)
		);
		for (const element of this.root.querySelectorAll("details")) {
			if (opened.has(element.dataset.name)) element.open = true;
		}
	}

	verdict({ ok, findings }) {
		const red = findings.filter((finding) => finding.severity === "red").length;
		const tone = !ok ? "danger" : findings.length ? "warning" : "success";
		const title = {
			danger:
				red === 1
					? __("One thing calls for help")
					: __("{0} things call for help", [number(red)]),
			warning: __("All works; there is something to look at"),
			success: __("All is well"),
		}[tone];
		return h(
			"header",
			{ class: `clinic-verdict clinic-verdict--${tone}`, data: { tone } },
			h("span", { class: "clinic-verdict__icon" }, icon(ok ? "check" : "alert", 26)),
			h("div", {}, h("h2", { class: "clinic-verdict__title" }, title), this.stale)
		);
	}

	findings(rows) {
		if (!rows.length) return null;
		return h(
			"section",
			{ class: "clinic-findings", "aria-label": __("What needs attention") },
			rows.map((row) => this.finding(row))
		);
	}

	finding({ code, severity, title, advice }) {
		const remedy = REMEDIES[code];
		const label = { run_night: __("Run the night job now"), back_up: __("Back up now") }[
			remedy
		];
		return h(
			"article",
			{ class: `clinic-finding clinic-finding--${severity}`, data: { code } },
			h(
				"div",
				{},
				h("strong", {}, title),
				h("p", { class: "clinic-finding__advice" }, advice)
			),
			remedy &&
				button({
					label,
					kind: "soft",
					on_click: (event) => this[remedy](event.currentTarget),
				})
		);
	}

	async run_night(pressed) {
		const { queued } = await command(`${API}.run_now`, { job: "night" }, { button: pressed });
		toast(
			queued
				? __("The night job has been started in the background.")
				: __("The night job is waiting or running already."),
			{ kind: queued ? "success" : "info" }
		);
		this.refresh();
	}

	async back_up(pressed) {
		const { started } = await command(
			"clinic_core.operations.backup.api.back_up_now",
			{},
			{ button: pressed }
		);
		toast(
			started
				? __("The backup has been started in the background.")
				: __("A backup is running already."),
			{ kind: started ? "success" : "info" }
		);
		this.refresh();
	}

	async retry_event({ name }, pressed) {
		const { resolved } = await command(
			"clinic_core.foundation.api.retry_event",
			{ failure: name },
			{ button: pressed }
		);
		toast(resolved ? __("It worked this time.") : __("It failed again."), {
			kind: resolved ? "success" : "warning",
		});
		this.refresh();
	}

	async retry_job({ kind, id, method, when }, pressed) {
		const sure = await confirm({
			title: __("Run this job again?"),
			message: __("{0} failed on {1}. It starts from the beginning.", [
				method,
				datetime(when),
			]),
			action_label: __("Run again"),
		});
		if (!sure) return;
		await command(`${API}.retry_job`, { kind, job: id }, { button: pressed });
		toast(__("The job waits in its queue again."));
		this.refresh();
	}
}
