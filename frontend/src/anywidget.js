
// Jupyter serves the page's static files under its extensions.
const config = document.getElementById("jupyter-config-data");
const fromJupyter = (name) => config && `${JSON.parse(config.textContent).fullLabextensionsUrl}/prolo-dash/${name}`;

// In a notebook, anywidget is the host: the model carries questions and answers.
function modelHost(model) {
  let last = 0;
  const waiting = new Map();
  model.on("msg:custom", (message) => {
    waiting.get(message.ask)?.(message);
    waiting.delete(message.ask);
  });
  const ask = (question) => new Promise((resolve) => {
    last += 1;
    waiting.set(last, resolve);
    model.send({ ask: last, ...question });
  });
  return {
    ownsAddress: false,
    qr: fromJupyter("lean-qr.js"),
    ask: (view, params) => ask({ view, params }),
    read: (view, file) => ask({ view, file }),
  };
}

export default {
  render({ model, el }) {
    el.innerHTML = model.get("html");
    const host = modelHost(model);
    const letGo = [];
    const attachChapters = (block) => {
      for (const chapter of chaptersIn(block)) letGo.push(attach(chapter, host));
    };
    attachChapters(el);
    startPredictions(el, attachChapters);
    return () => letGo.forEach((stop) => stop());
  },
};

// Plotly is loaded once for all widgets.
function plotlyOfJupyter() {
  if (window.Plotly || !config) return Promise.resolve(window.Plotly);
  return new Promise((resolve) => {
    const script = document.createElement("script");
    script.src = fromJupyter("plotly.min.js");
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => resolve(undefined);
    document.head.append(script);
  });
}

window.proloPlotly ??= plotlyOfJupyter();
usePlotly(window.proloPlotly);
