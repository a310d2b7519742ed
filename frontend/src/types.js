// The shapes that modules hand to each other.

/** @typedef {Record<string, string>} Params  Settings of a view in their URL form, by name. */

/**
 * A trace of a Plotly figure; only what this script reads of it.
 * @typedef {{ y: (number | string)[], xaxis: string, yaxis: string, mode?: string, textfont?: { size: number }, [key: string]: unknown }} Trace
 */

/** @typedef {{ text: string, xshift: number, yshift?: number }} Annotation  A text that Plotly draws. */

/**
 * A row as it is sent: the lines of its label, its height in pixels on wide and narrow screens, and on a narrow one where
 * its label ends.
 * @typedef {{ title: string, detail: string, flag: string, wide: number, narrow: number, foot: number }} SentRow
 */

/**
 * Rows on one scale as they are sent: the axis of their traces, their heading, and where they begin, in pixels from the
 * upper edge of the chart.
 * @typedef {{ rows: SentRow[], axis: string, heading: string, wide: number, narrow: number }} SentPanel
 */

/** @typedef {{ domain: [number, number], range?: [number, number] }} Axis */

/**
 * @typedef {object} KnownLayout
 * @property {number} height
 * @property {{ l: number, r: number, b?: number }} margin
 * @property {Annotation[]} [annotations]
 * @property {Axis} [yaxis]
 * @property {{ rises?: boolean, stretches?: boolean, parts?: number }} [meta]
 */

/** @typedef {KnownLayout & Record<string, any>} Layout  Axes stand in it as xaxis, xaxis2, yaxis, … */

/**
 * A figure for wide screens, what differs on narrow ones (annotations matched by position), and the labels of its rows.
 * @typedef {object} Figure
 * @property {Trace[]} data
 * @property {Layout} layout
 * @property {Record<string, any>} narrow
 * @property {object[]} narrow_data
 * @property {SentPanel[]} panels
 */

/**
 * What a view shows beside its HTML: the figure, (control, option) pairs that can't be chosen, (control, sentence) pairs
 * of what can't be read.
 * @typedef {object} Payload
 * @property {Figure} figure
 * @property {[string, string][]} unavailable
 * @property {[string, string][]} problems
 */

/** @typedef {Payload & { fragments: Record<string, string> }} Deferred  The deferred content of a view. */

/** @typedef {Deferred & { state: string, notice: string }} Answer  One state of a view. */

/** @typedef {Answer & { confirmed?: Promise<Answer | undefined> }} Reply  An answer, and what the kernel makes of it later. */

/** @typedef {{ found: [string, string][], problems: string[] }} Found  (name, state) pairs in a reader's file. */

/** @typedef {{ params: Params } | { file: string }} HostRequest  About a view: a state of it, or what a file holds for it. */

/**
 * Who answers the views of a page. What can't be had now is a NotYetError where it is worth while to try again; what
 * is refused is a RefusedError.
 * @typedef {object} Host
 * @property {boolean} ownsAddress  Whether the page's address is the views' own.
 * @property {() => Promise<QrModule | undefined>} [qr]  What draws QR codes, if the page itself does not say where it is.
 * @property {(section: HTMLElement, params: Params) => Promise<Reply>} ask
 * @property {(section: HTMLElement, text: string) => Promise<Found>} read
 * @property {(section: HTMLElement) => Promise<Deferred>} loadDeferred  What the page does not hold of a view yet.
 * @property {(section: HTMLElement) => Promise<unknown>} [prepare]  Fetches what its controls will need, if there is such.
 * @property {(section: HTMLElement) => Promise<Answer | undefined>} [now]  What is shown elsewhere, if that may differ.
 * @property {(section: HTMLElement, show: (answer: Answer) => void) => () => void} [watch]  Has changes made elsewhere
 *   shown; what it returns ends that.
 */

export {};
