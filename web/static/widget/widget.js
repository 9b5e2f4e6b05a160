// The one script that a page needs:
//   <script src="https://opastin.example/widget.js" data-language="fi" defer></script>
(() => {
  const { src, dataset } = document.currentScript;
  // On a page of another origin a relative address would have no base here.
  import(new URL("widget/chat.js", src).href)
    .then(({ embed }) => embed(dataset))
    .catch((error) => console.error("Opastin could not be loaded.", error));
})();
