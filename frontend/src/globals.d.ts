// What other scripts put into the window.

interface PlotlyModule {
  react(place: HTMLElement, data: unknown[], layout: object, config: object): Promise<unknown>;
  purge(place: HTMLElement): void;
}

interface Window {
  Plotly?: PlotlyModule;
  /** plotly.js of a notebook, loaded once for all widgets. */
  proloPlotly?: Promise<PlotlyModule | undefined>;
}

interface Navigator {
  readonly connection?: { readonly saveData?: boolean };
}
