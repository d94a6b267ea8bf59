// On a narrow screen the filters start folded, so that results come first. Without script they start open.
if (window.matchMedia("(max-width: 61.99rem)").matches) {
  document.querySelectorAll(".facets__all").forEach((details) => {
    details.open = false;
  });
}
