// The shapes that modules hand to each other.

/** @typedef {Record<string, string>} Params  Settings of a view in their URL form, by name. */

/**
 * A trace of a Plotly figure; only what this script reads of it.
 * @typedef {{ y: (number | string)[], xaxis: string, yaxis: string, mode?: string, textfont?: { size: number }, [key: string]: unknown }} Trace
 */

/**
 * A text in a chart. Without `xref` it is a label of a row, or with `yref` "paper" a heading of a panel.
 * @typedef {object} Annotation
 * @property {string} text
 * @property {number} y
 * @property {string} yref
 * @property {string} [xref]
 * @property {number} xshift
 * @property {"top" | "middle" | "bottom"} [yanchor]
 * @property {number} [yshift]
 * @property {string} [bgcolor]
 */

/** @typedef {{ domain: [number, number], range?: [number, number] }} Axis */

/**
 * @typedef {object} KnownLayout
 * @property {number} height
 * @property {{ l: number, r: number, b?: number }} margin
 * @property {Annotation[]} [annotations]
 * @property {Axis} [yaxis]
 * @property {{ rises?: boolean }} [meta]
 */

/** @typedef {KnownLayout & Record<string, any>} Layout  Axes stand in it as xaxis, xaxis2, yaxis, … */

/**
 * A figure for wide screens, and what differs on narrow ones (annotations matched by position).
 * @typedef {object} Figure
 * @property {Trace[]} data
 * @property {Layout} layout
 * @property {Record<string, any>} narrow
 * @property {object[]} narrow_data
 */

/**
 * What a view shows beside its HTML: the figure, (control, option) pairs that can't be chosen, (control, sentence) pairs
 * of what can't be read.
 * @typedef {object} Payload
 * @property {Figure} figure
 * @property {[string, string][]} unavailable
 * @property {[string, string][]} problems
 */

/** @typedef {Payload & { fragments: Record<string, string> }} Follows  What follows a view that the page only begins. */

/** @typedef {Follows & { state: string, notice: string }} Answer  One state of a view. */

/** @typedef {Answer & { confirmed?: Promise<Answer | undefined> }} Reply  An answer, and what the kernel makes of it later. */

/** @typedef {{ found: [string, string][], problems: string[] }} Found  (name, state) pairs in a reader's file. */

/** @typedef {{ params: Params } | { file: string }} Question  About a view: a state of it, or what a file holds for it. */

/**
 * Who answers the views of a page. What can't be had now is a NotYetError where it is worth while to try again; what
 * is refused is a RefusedError.
 * @typedef {object} Host
 * @property {boolean} ownsAddress  Whether the page's address is the views' own.
 * @property {() => Promise<QrModule | undefined>} [qr]  What draws QR codes, if the page itself does not say where it is.
 * @property {(section: HTMLElement, params: Params) => Promise<Reply>} ask
 * @property {(section: HTMLElement, text: string) => Promise<Found>} read
 * @property {(section: HTMLElement) => Promise<Follows>} follow  What the page does not hold of a view yet.
 * @property {(section: HTMLElement) => Promise<unknown>} [prepare]  Fetches what its controls will need, if there is such.
 * @property {(section: HTMLElement) => Promise<Answer | undefined>} [now]  What is shown elsewhere, if that may differ.
 * @property {(section: HTMLElement, show: (answer: Answer) => void) => () => void} [watch]  Has changes made elsewhere
 *   shown; what it returns ends that.
 */

export {};
