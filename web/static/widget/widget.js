// The one script that a page needs:
//   <script src="https://opastin.example/widget.js" data-language="fi" defer></script>
(() => {
  // A script of the type "module" is not told which element it is.
  const { src, dataset } =
    document.currentScript ?? document.querySelector('script[src$="/widget.js"]');
  // On a page of another origin a relative address would have no base here.
  import(new URL("widget/chat.js", src).href)
    .then(({ embed }) => embed(dataset))
    .catch((error) => console.error("Opastin could not be loaded.", error));
})();
