// plotly.js is one file beside this script, loaded while the page can be read already.

/**
 * plotly.js of the page; it is waited for until it is there.
 * @returns {Promise<PlotlyModule>}
 */
export function plotlyOfPage() {
  return new Promise((resolve) => {
    const look = () => { if (window.Plotly) resolve(window.Plotly); };
    document.addEventListener("load", look, { capture: true }); // of any script: a lost one is replaced
    look();
  });
}
