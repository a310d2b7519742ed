// Types shared between modules.

/** @typedef {Record<string, string>} Params  Settings of a view in their URL form, by name. */

/**
 * A trace of a Plotly figure, as far as this script reads it.
 * @typedef {{ y: (number | string)[], xaxis: string, yaxis: string, mode?: string, textfont?: { size: number }, [key: string]: unknown }} Trace
 */

/** @typedef {{ text: string, xshift: number, yshift?: number }} Annotation  A text that Plotly draws. */

/**
 * A row as the server sends it: the lines of its label, its height in pixels on wide and on narrow screens, where its label
 * ends on a narrow one, and the trial that the label names. `marks` are glyphs, each with what it says.
 * @typedef {{ title: string, detail: string, flag: string, marks?: [string, string][], wide: number, narrow: number, foot: number, trial?: { name: string, study: string } }} SentRow
 */

/**
 * Rows on one scale as the server sends them: the axis of their traces, their heading, and where they begin, in pixels from
 * the top of the chart. `columns` are names of places on the axis, each in lines.
 * @typedef {{ at: number[], wide: string[][], narrow: string[][] }} Columns
 * @typedef {{ rows: SentRow[], axis: string, heading: string, wide: number, narrow: number, columns?: Columns }} SentPanel
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

/** @typedef {KnownLayout & Record<string, any>} Layout  With axes as xaxis, xaxis2, yaxis, … */

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
 * What a view shows besides its HTML: the figure, (control, option) pairs that can't be chosen, and (control, sentence) pairs
 * about invalid input.
 * @typedef {object} Payload
 * @property {Figure} figure
 * @property {[string, string][]} unavailable
 * @property {[string, string][]} problems
 */

/** @typedef {Payload & { fragments: Record<string, string> }} Deferred  The deferred content of a view. */

/** @typedef {Deferred & { state: string, notice: string }} Answer  One state of a view. */

/** @typedef {Answer & { confirmed?: Promise<Answer | undefined> }} Reply  An answer, and what the kernel confirms later. */

/** @typedef {{ found: [string, string][], problems: string[] }} Found  (name, state) pairs in a reader's file. */

/**
 * For a state of a view, with the trials that the page counts, or for the trials in a file.
 * @typedef {{ params: Params, page?: import("./page_trials.js").PageTrials } | { file: string }} HostRequest
 */

/**
 * Answers the requests of a page's views. Rejects with NotYetError if it is worth trying again, with RefusedError if the
 * request is refused.
 * @typedef {object} Host
 * @property {boolean} ownsAddress  Whether views may store their settings in the page's address.
 * @property {() => Promise<QrModule | undefined>} [qr]  Loads the library for QR codes, if the page's configuration does not name it.
 * @property {(section: HTMLElement, params: Params) => Promise<Reply>} ask
 * @property {(section: HTMLElement, text: string) => Promise<Found>} read
 * @property {(section: HTMLElement) => Promise<Deferred>} loadDeferred  What the page does not hold of a view yet.
 * @property {(section: HTMLElement) => Promise<unknown>} [prepare]  Fetches the prepared states of a view.
 * @property {(section: HTMLElement) => Promise<Answer | undefined>} [now]  The state shown elsewhere, if it may differ.
 * @property {(section: HTMLElement, show: (answer: Answer) => void) => () => void} [watch]  Shows changes made
 *   elsewhere; returns a function that stops it.
 */

export {};
