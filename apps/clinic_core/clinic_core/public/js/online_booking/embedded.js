/* /book in a frame on another site: it tells how high it is, and leaves the frame where it must (E195). */

const is_embedded = () => document.body.classList.contains("embedded") && window.parent !== window;

// To whoever shows the frame, which the server has allowed; a height is no secret.
const tell = (said) => window.parent.postMessage({ clinic_booking: said }, "*");

/** The frame grows and shrinks with what is in it (`public/embed/book.js` listens). */
export function tell_height() {
	if (!is_embedded()) return;
	const { body } = document;
	new ResizeObserver(() => tell({ height: body.getBoundingClientRect().height })).observe(body);
}

/** Another step is shown: its beginning has to be seen. */
export function begin_step() {
	if (is_embedded()) tell({ is_new: true });
	else window.scrollTo(0, 0);
}

/** Banks and tracking pages stand alone. Another site's window can be sent away, but not asked anything. */
export function leave_for(address) {
	const { href } = new URL(address, window.location.href);
	try {
		window.top.location.href = href;
	} catch {
		// The site keeps its frames from leaving (sandbox).
		window.open(href, "_blank");
	}
}
