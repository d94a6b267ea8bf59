// On a narrow screen the filters start folded, so that results come first. Without script they start open.
if (window.matchMedia("(max-width: 61.99rem)").matches) {
  document.querySelectorAll(".facets__all").forEach((details) => {
    details.open = false;
  });
}

// New results leave the reader where they were: what was folded stays folded, the focus where it was.
let unfolded = new Map();
let focused = "";

document.addEventListener("htmx:beforeSwap", () => {
  const all = document.querySelectorAll("#results details[id]");
  unfolded = new Map([...all].map((details) => [details.id, details.open]));
  focused = document.activeElement ? document.activeElement.id : "";
});

document.addEventListener("htmx:afterSwap", () => {
  unfolded.forEach((open, id) => {
    const details = document.getElementById(id);
    if (details) details.open = open;
  });
  const again = focused && document.getElementById(focused);
  if (again && again !== document.activeElement) again.focus({ preventScroll: true });
});
