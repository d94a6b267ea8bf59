// "Show in 3-D": brings the viewer only when somebody asks for it.
for (const figure of document.querySelectorAll(".model-viewer:not([data-ready])")) {
  figure.dataset.ready = "";
  const button = figure.querySelector("[data-show]");
  button?.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const viewer = await import(new URL(figure.dataset.script, document.baseURI));
      await viewer.show(figure);
      button.remove();
    } catch {
      figure.querySelector("[role=status]").textContent = figure.dataset.failed;
      button.hidden = true;
    }
  });
}
