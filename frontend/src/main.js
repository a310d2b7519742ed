// The script of a page, and of a notebook's widgets, for which anywidget calls the default export. Where both happen and the
// script runs twice, the page is started only once.

import { startAnnouncing } from "./announce.js";
import { startChecks } from "./check.js";
import { usePlotly } from "./draw.js";
import { plotlyOfJupyter } from "./hosts/labextension.js";
import { channelOf, notebookHost } from "./hosts/notebook.js";
import { startNamedPage } from "./page.js";
import { chaptersIn, startPredictions } from "./predict.js";
import { unlinkTrials } from "./trial_panel.js";
import { attach } from "./view.js";

startNamedPage();

/** @typedef {import("./hosts/notebook.js").Model} Model */

/** A notebook's widget: called once for each widget, however many displays it has. */
export default function widget() {
  /** @type {import("./hosts/channel.js").Channel} */
  let channel;
  return {
    /** @param {{ model: Model }} place */
    initialize({ model }) {
      channel = channelOf(model);
    },
    /**
     * A display of it.
     * @param {{ model: Model, el: HTMLElement }} place @returns {() => void} the clean-up function
     */
    render({ model, el }) {
      startAnnouncing();
      usePlotly(plotlyOfJupyter(channel));
      el.innerHTML = model.get("html");
      const host = notebookHost(model, channel);
      /** @type {(() => void)[]} */
      const detach = [];
      const attachChapters = (/** @type {HTMLElement} */ block) => {
        for (const chapter of chaptersIn(block)) detach.push(attach(chapter, host));
      };
      attachChapters(el);
      startPredictions(el, attachChapters);
      startChecks(el);
      unlinkTrials(el);
      return () => detach.forEach((stop) => stop());
    },
  };
}
