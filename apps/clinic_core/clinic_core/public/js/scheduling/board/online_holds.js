/* What visitors of /book hold while the board is open: read anew when it changes, gone when it is over (F05). */

import { call } from "../../kit/call.js";
import { toast } from "../../kit/toast.js";
import { received, still_held } from "./groups.js";

const METHOD = "clinic_core.scheduling.schedule_board.api.online_holds";
const GRACE_MS = 500;
/** Nobody may read claims: of these one hears where appointments are told of. */
export const HELD_ONLINE = "Clinic Time Claim";

export class OnlineHolds {
	constructor(page) {
		Object.assign(this, { page, holds: [], timer: null });
	}

	keep(rows) {
		this.holds = received(rows, Date.now());
		this.wait();
	}

	async reread() {
		const { page } = this;
		const { ticket } = page;
		const { date, days, practitioner, resource } = page.question();
		try {
			const asked = { date, days, practitioner, resource };
			const rows = await call(METHOD, asked, { quiet: true });
			if (ticket !== page.ticket) return;
			this.keep(rows);
			await page.draw();
		} catch (error) {
			toast(error.message, { kind: "error" });
		}
	}

	/** Until the next one is over. */
	wait() {
		clearTimeout(this.timer);
		if (!this.holds.length) return;
		const first = Math.min(...this.holds.map(({ over_at }) => over_at));
		this.timer = setTimeout(() => this.end(), Math.max(first - Date.now(), 0) + GRACE_MS);
	}

	end() {
		const { page } = this;
		// Nothing is drawn under somebody's hand.
		if (!page.grid.dragging) {
			this.holds = still_held(this.holds, Date.now());
			if (page.data && page.is_shown()) page.draw();
		}
		this.wait();
	}
}
