// Globals that other scripts define.

interface PlotlyModule {
  newPlot(place: HTMLElement, data: unknown[], layout: object, config: object): Promise<unknown>;
  react(place: HTMLElement, data: unknown[], layout: object, config: object): Promise<unknown>;
  purge(place: HTMLElement): void;
  toImage(figure: { data: unknown[], layout: object }, options: object): Promise<string>;
  Fx: { unhover(place: HTMLElement): void };
  PlotSchema: { get(): { traces: Record<string, unknown> } };
}

/** The element of a chart, with what plotly.js adds to it. */
interface PlotlyChart extends HTMLElement {
  on(event: "plotly_beforehover", listener: (event: MouseEvent) => boolean): void;
  removeAllListeners(event: string): void;
}

/** lean-qr, as far as it is used here. */
interface QrModule {
  generate(text: string): { toDataURL(how: { on: number[]; off: number[]; scale: number }): string };
}

interface Window {
  Plotly?: PlotlyModule;
  /** plotly.js, loaded once for the page and all its widgets. */
  proloPlotly?: Promise<PlotlyModule | undefined>;
  /** The library for QR codes in a notebook, loaded once for all widgets. */
  proloQr?: Promise<QrModule | undefined>;
}

interface Navigator {
  readonly connection?: { readonly saveData?: boolean };
}

interface DocumentEventMap {
  /** A changed guess (guess_event.js). */
  guess: CustomEvent<{ question: string, value: number | null }>;
  /** An answer that was revealed on this page (predict.js). */
  reveal: Event;
  /** A screen of the presenting mode (present.js). */
  "page-choice": CustomEvent<import("./address.js").PageChoice>;
  screen: CustomEvent<{ screen: HTMLElement }>;
}
