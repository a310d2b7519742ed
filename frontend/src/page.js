// Starts a page: its host is named on the script's tag (data-prolo-host).

import { isEmbedded } from "./address.js";
import { startAnnouncing } from "./announce.js";
import { startChecks } from "./check.js";
import { markChapters } from "./chapters.js";
import { viewSectionsIn } from "./dom.js";
import { usePlotly } from "./draw.js";
import { reportHeight } from "./embedding.js";
import { unfoldOnLinks } from "./folded_views.js";
import { httpHost } from "./hosts/http.js";
import { kernelHost } from "./hosts/kernel.js";
import { staticHost, warnAboutTypedInput } from "./hosts/static.js";
import { startScrollAnchor } from "./scroll_anchor.js";
import { startPageControls } from "./page_controls.js";
import { startMarkKeys } from "./mark_keys.js";
import { plotlyOfPage, plotlyUnpacked } from "./plotly.js";
import { followLinksBehindGuesses } from "./linked_behind_guess.js";
import { chaptersIn, revealAgain, startPredictions } from "./predict.js";
import { startPresenting } from "./present.js";
import { printAnswers } from "./printed_answers.js";
import { startPrintDialog } from "./print_dialog.js";
import { StatePrefetcher } from "./prefetch.js";
import { announceConnection } from "./connection_status.js";
import { startSwitches } from "./switches.js";
import { startTermPopover } from "./term_popover.js";
import { startTrialPanel } from "./trial_panel.js";
import { attach, completeGlossary } from "./view.js";

/** @type {Record<string, () => import("./types.js").Host>} */
const HOSTS = { http: httpHost, kernel: kernelHost, static: staticHost };

/**
 * What a page does in a class session; only pages that classes may use have it (classroom.js).
 * @typedef {object} InClass
 * @property {() => void} startPupil  on a page of a class
 * @property {() => boolean} startTeacher  on a page that the teacher may have opened; whether it leads a class
 */

/** @param {string} name of the page's host @param {InClass} [inClass] */
function startPage(name, inClass) {
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
  else if (document.documentElement.dataset.class) {
    startPageControls();
    inClass?.startPupil();
  } else {
    startPageControls();
    const isLed = inClass?.startTeacher() ?? false;
    startSwitches();
    startPresenting();
    followLinksBehindGuesses();
    if (!isLed) revealAgain();
    startPrintDialog();
    printAnswers();
  }
  startScrollAnchor();
  states?.start();
}

/** Starts the page that this script was loaded for, if that has not begun. @param {InClass} [inClass] */
export function startNamedPage(inClass) {
  const tag = /** @type {HTMLElement | null} */ (document.querySelector("script[data-prolo-host]:not([data-started])"));
  if (!tag) return;
  tag.dataset.started = "true";
  startPage(tag.dataset.proloHost ?? "", inClass);
}
