// Puts the token of a conversation that has come to this phone where the chat looks for it, and
// opens the chat. The page that brought the token leaves the history.

import { SERVICE } from "/widget/api.js";
import { Store } from "/widget/store.js";

const element = document.getElementById("hand-over");
const { conversation, token, language } = element.dataset;
element.removeAttribute("data-token");

// The phone is the person's own, so the chat may outlive the tab.
const store = new Store(`opastin ${SERVICE}`, true);
store.write({ conversation, token, language, open: true, queue: [], ticks: [] });
location.replace(`/continue?language=${language}`);
