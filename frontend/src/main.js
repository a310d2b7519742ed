// The entry point of the front end. A page names its host on this script's tag (data-prolo-host); in a notebook, anywidget
// calls the default export. Where both happen and the script runs twice, the page is started only once.

import { isEmbedded } from "./address.js";
import { startAnnouncing } from "./announce.js";
import { startChecks } from "./check.js";
import { markChapters } from "./chapters.js";
import { startPupil } from "./class_pupil.js";
import { startTeacher } from "./class_teacher.js";
import { viewSectionsIn } from "./dom.js";
import { usePlotly } from "./draw.js";
import { reportHeight } from "./embedding.js";
import { unfoldOnLinks } from "./folded_views.js";
import { httpHost } from "./hosts/http.js";
import { kernelHost } from "./hosts/kernel.js";
import { plotlyOfJupyter } from "./hosts/labextension.js";
import { channelOf, notebookHost } from "./hosts/notebook.js";
import { staticHost, warnAboutTypedInput } from "./hosts/static.js";
import { startScrollAnchor } from "./scroll_anchor.js";
import { startPageControls } from "./page_controls.js";
import { startMarkKeys } from "./mark_keys.js";
import { plotlyOfPage, plotlyUnpacked } from "./plotly.js";
import { followLinksBehindGuesses } from "./linked_behind_guess.js";
import { chaptersIn, startPredictions } from "./predict.js";
import { startPresenting } from "./present.js";
import { printAnswers } from "./printed_answers.js";
import { startPrintDialog } from "./print_dialog.js";
import { StatePrefetcher } from "./prefetch.js";
import { announceConnection } from "./connection_status.js";
import { startSwitches } from "./switches.js";
import { startTermPopover } from "./term_popover.js";
import { startTrialPanel, unlinkTrials } from "./trial_panel.js";
import { attach, completeGlossary } from "./view.js";

/** @type {Record<string, () => import("./types.js").Host>} */
const HOSTS = { http: httpHost, kernel: kernelHost, static: staticHost };

/** @param {string} name of the page's host */
function startPage(name) {
  document.documentElement.classList.add("scripted"); // see page.css
  startAnnouncing();
  announceConnection();
  window.proloPlotly = name === "kernel" ? plotlyUnpacked() : plotlyOfPage();
  usePlotly(window.proloPlotly);
  const host = HOSTS[name]();
  const states = host.prepare && new StatePrefetcher(host.prepare);
  const attachChapters = (/** @type {HTMLElement} */ block) => {
    for (const chapter of chaptersIn(block)) {
      if (name === "static") warnAboutTypedInput(chapter);
      attach(chapter, host);
      for (const section of viewSectionsIn(chapter)) states?.add(section);
    }
  };
  attachChapters(document.body);
  startPredictions(document.body, attachChapters);
  startChecks(document.body);
  markChapters();
  startTermPopover(completeGlossary);
  startTrialPanel();
  startMarkKeys();
  unfoldOnLinks();
  if (isEmbedded()) reportHeight();
  else if (document.documentElement.dataset.class) startPupil();
  else {
    startPageControls();
    if (name === "http") startTeacher();
    startSwitches();
    startPresenting();
    followLinksBehindGuesses();
    startPrintDialog();
    printAnswers();
  }
  startScrollAnchor();
  states?.start();
}

const tag = /** @type {HTMLElement | null} */ (document.querySelector("script[data-prolo-host]:not([data-started])"));
if (tag) {
  tag.dataset.started = "true";
  startPage(tag.dataset.proloHost ?? "");
}

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
