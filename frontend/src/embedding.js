// Embedding a view in another page: the HTML for that page, and how the frame reports its height to it.

/** @param {string} text */
const quoted = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/**
 * The HTML that embeds a view. Where the other page strips scripts, the frame keeps its initial height and scrolls.
 * @param {string} src @param {string} title @param {string} whole the address of the view in the explainer @param {number} height
 */
export const snippet = (src, title, whole, height) => `<iframe class="prolo-dash" src="${quoted(src)}" title="${quoted(title)}" loading="lazy" style="width: 100%; height: ${height}px; border: 0"></iframe>
<p><a href="${quoted(whole)}">${quoted(title)} (prolo_dash)</a></p>
<script>
  addEventListener("message", ({ source, data }) => { // the frame says how high it is
    for (const frame of document.querySelectorAll("iframe.prolo-dash"))
      if (frame.contentWindow === source && data && data.proloDashHeight > 0) frame.style.height = data.proloDashHeight + "px";
  });
</script>
`;

/** Posts this page's height to the page around it whenever it changes. */
export function reportHeight() {
  const page = document.documentElement;
  const tell = () => window.parent.postMessage({ proloDashHeight: Math.ceil(page.getBoundingClientRect().height) }, "*");
  new ResizeObserver(tell).observe(page);
}
