// The Markdown editor of the Wagtail admin: nothing fetched from elsewhere, the browser's own spelling, and a
// Tab key that leaves the field (WCAG 2.1.2).
(() => {
  const tool = (name, action, label) => ({ name, action: EasyMDE[action], className: `md-tool md-tool-${name}`, title: label });
  const options = () => ({
    spellChecker: false,
    nativeSpellcheck: true,
    inputStyle: "contenteditable",
    status: false,
    toolbar: [
      tool("bold", "toggleBold", "Bold"),
      tool("italic", "toggleItalic", "Italic"),
      tool("heading", "toggleHeadingSmaller", "Heading"),
      "|",
      tool("bullets", "toggleUnorderedList", "List"),
      tool("numbers", "toggleOrderedList", "Numbered list"),
      tool("quote", "toggleBlockquote", "Quote"),
      tool("link", "drawLink", "Link"),
      "|",
      tool("preview", "togglePreview", "Preview"),
    ],
  });
  window.wagtailMarkdown = {
    get options() {
      this.made = this.made || options();
      return this.made;
    },
  };
  document.addEventListener("focusin", (event) => {
    const editor = event.target.closest?.(".CodeMirror")?.CodeMirror;
    if (editor && editor.options.extraKeys?.Tab) {
      editor.setOption("extraKeys", { ...editor.options.extraKeys, Tab: false, "Shift-Tab": false });
    }
  });
})();
