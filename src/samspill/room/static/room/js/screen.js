// The big screen shows; it asks nothing and answers nothing.
import { listen } from "../../live/stream.js";
import { startClocks, tick } from "./clock.js";
import { apply, face, keepLoaded, remember } from "./parts.js";

const main = face();
keepLoaded();
remember();
startClocks(Number(main.dataset.now));
const { url, poll, renew } = main.dataset;
listen({
  url,
  poll,
  renew,
  onState: (state) => {
    apply(state.parts);
    tick();
  },
});
