// The theme, before the first paint: ?theme=light|dark|contrast|contrast-dark, else the last choice, else the system's.
// A classic script in <head>; [data-theme-toggle] goes to the next one.
(() => {
  const themes = ["light", "dark", "contrast", "contrast-dark"];
  const root = document.documentElement;
  const read = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  let chosen = new URLSearchParams(location.search).get("theme") || read();
  if (!themes.includes(chosen)) chosen = null;
  const apply = () => { if (chosen && root.dataset.theme !== chosen) root.dataset.theme = chosen; };
  apply();
  // a page that arrives by enhanced navigation brings its own <html> attributes
  new MutationObserver(apply).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
  document.addEventListener("click", event => {
    if (!event.target.closest?.("[data-theme-toggle]")) return;
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    chosen = themes[(themes.indexOf(chosen ?? system) + 1) % themes.length];
    apply();
    try { localStorage.setItem("theme", chosen); } catch { /* private window: for this page only */ }
  });
})();
