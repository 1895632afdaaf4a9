/* Online booking: choosing a time, holding it, booking; moving and cancelling by the link. No library. */

import { start_booking } from "./online_booking/book.js";
import { tell_height } from "./online_booking/embedded.js";
import { start_my_page } from "./online_booking/my.js";
import { start_tracking } from "./online_booking/tracking.js";

tell_height();
start_booking();
start_tracking();
start_my_page();
