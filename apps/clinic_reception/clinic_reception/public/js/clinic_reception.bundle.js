/* The pages of the reception app. Each import adds its part to window.clinic. */

import "./front_desk/index.js";
import "./cash_desk/index.js";
import "./statement/index.js";
import "./statistics/index.js";
