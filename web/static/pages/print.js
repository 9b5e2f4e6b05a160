// Shows the button that prints a page, where there is something to print with.

const button = document.getElementById("print");
button.hidden = typeof print !== "function";
button.addEventListener("click", () => print());
