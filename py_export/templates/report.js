"use strict";
(() => {
  const search = document.querySelector(".search");
  const query = document.getElementById("query");
  const found = search.querySelector(".found");
  const previous = document.getElementById("previous");
  const next = document.getElementById("next");
  const unfold = document.getElementById("unfold");
  const turns = [...document.querySelectorAll(".turn")];
  const messages = turns.flatMap((turn) => [...turn.querySelectorAll(":scope > .message")]);
  const folded = document.querySelectorAll(".conversation details");
  const entries = new Map([...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link.parentElement]));
  const canPaint = "highlights" in CSS;
  const MOST = 2000;
  let ranges = [];
  let at = -1;
  let texts = null;
  let timer = 0;

  search.hidden = false;
  if (canPaint) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("::highlight(found) { background-color: var(--mark) }");
    document.adoptedStyleSheets = [sheet];
  }

  /* A match may begin in one text node and end in another: look in a message's whole text, then find the nodes. */
  function textsOf(message) {
    const walker = document.createTreeWalker(message.querySelector(".body"), NodeFilter.SHOW_TEXT);
    const nodes = [];
    const starts = [];
    let text = "";
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      nodes.push(node);
      starts.push(text.length);
      text += node.data;
    }
    const lower = text.toLowerCase();
    return { nodes, starts, text: lower.length === text.length ? lower : text };
  }

  function place(entry, position) {
    let low = 0;
    let high = entry.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (entry.starts[middle] <= position) low = middle;
      else high = middle - 1;
    }
    return [entry.nodes[low], position - entry.starts[low]];
  }

  function matches(entry, words) {
    const some = [];
    for (let from = entry.text.indexOf(words); from >= 0; from = entry.text.indexOf(words, from + words.length)) {
      const range = document.createRange();
      range.setStart(...place(entry, from));
      const [node, end] = place(entry, from + words.length - 1);
      range.setEnd(node, end + 1);
      some.push(range);
      if (ranges.length + some.length >= MOST) break;
    }
    return some;
  }

  function look() {
    const words = query.value.trim().toLowerCase();
    texts ??= messages.map(textsOf);
    ranges = [];
    at = -1;
    let count = 0;
    messages.forEach((message, index) => {
      const hit = words === "" || texts[index].text.includes(words);
      message.classList.toggle("missed", !hit);
      if (words === "" || !hit) return;
      count += 1;
      if (ranges.length < MOST) ranges.push(...matches(texts[index], words));
    });
    for (const turn of turns) {
      const hidden = words !== "" && !turn.querySelector(":scope > .message:not(.missed)");
      turn.hidden = hidden;
      entries.get(turn.id).hidden = hidden;
    }
    if (canPaint) CSS.highlights.set("found", new Highlight(...ranges));
    found.textContent = words === "" ? "" : count === 0 ? found.dataset.none : found.dataset.some.replace("{count}", count).replace("{of}", messages.length);
    previous.disabled = next.disabled = ranges.length === 0;
  }

  function go(by) {
    if (ranges.length === 0) return;
    at = (at + by + ranges.length) % ranges.length;
    const range = ranges[at];
    const element = range.startContainer.parentElement;
    for (let above = element.closest("details"); above; above = above.parentElement.closest("details")) above.open = true;
    element.scrollIntoView({ block: "center" });
    getSelection().removeAllRanges();
    getSelection().addRange(range.cloneRange());
  }

  query.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 120);
  });
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      clearTimeout(timer);
      if (at < 0) look();
      go(event.shiftKey ? -1 : 1);
    }
  });
  previous.addEventListener("click", () => go(-1));
  next.addEventListener("click", () => go(1));
  previous.disabled = next.disabled = true;

  unfold.hidden = folded.length === 0;
  const names = [unfold.textContent, unfold.dataset.open];
  unfold.addEventListener("click", () => {
    const open = unfold.textContent === names[0];
    for (const each of folded) each.open = open;
    unfold.textContent = names[open ? 1 : 0];
  });
})();
