/* A number that says where it comes from: by pointing at it, by Tab, and by touching it. */

const { h } = clinic.ui;

let open_tip = null;

/** explain(content, text, {label, class}) → a button showing `content`; `text` is its explanation. */
export function explain(content, text, { label, class: extra = "" } = {}) {
	if (!text) return h("span", { class: extra }, content);
	const anchor = h("button", { class: `clinic-why ${extra}`.trim() }, content);
	const name = anchor.textContent;
	anchor.setAttribute("aria-label", [label, name, text].filter(Boolean).join(": "));
	anchor.addEventListener("mouseenter", () => show(anchor, text));
	anchor.addEventListener("mouseleave", () => document.activeElement !== anchor && hide());
	anchor.addEventListener("focus", () => show(anchor, text));
	anchor.addEventListener("blur", hide);
	anchor.addEventListener("click", () => show(anchor, text));
	anchor.addEventListener("keydown", (event) => {
		if (event.key !== "Escape" || !open_tip) return;
		hide();
		event.stopPropagation();
	});
	return anchor;
}

function show(anchor, text) {
	hide();
	const tip = h("div", { class: "clinic-why__tip", role: "tooltip" }, text);
	document.body.append(tip);
	place(tip, anchor.getBoundingClientRect());
	window.addEventListener("scroll", hide, { capture: true, once: true });
	open_tip = tip;
}

function hide() {
	open_tip?.remove();
	open_tip = null;
}

// Physical on purpose: these are coordinates of the screen.
function place(tip, box) {
	const { offsetWidth: width, offsetHeight: height } = tip;
	const middle = box.left + box.width / 2 - width / 2;
	const left = Math.min(Math.max(8, middle), window.innerWidth - width - 8);
	const above = box.top - height - 6;
	Object.assign(tip.style, {
		left: `${left}px`,
		top: `${above > 8 ? above : box.bottom + 6}px`,
	});
}
