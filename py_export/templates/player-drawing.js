"use strict";

/* What scenes look like. Whatever a session says comes in as text. */
function drawing(scenes) {
  const SIGNS = { ok: "✓", failed: "✗", open: "·" };
  const calls = new Map(scenes.filter((scene) => scene.type === "started").map((scene) => [scene.call, scene]));
  function make(tag, name, text) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function directed(tag, name, text) {
    const element = make(tag, name, text);
    element.dir = "auto";
    return element;
  }

  function message(scene) {
    const article = make("article", `message ${scene.role}${scene.depth ? " below" : ""}${scene.same ? " same" : ""}`);
    const who = make("h2", "who");
    who.append(directed("span", "", scene.who));
    if (scene.time) who.append(" ", make("span", "time", scene.time));
    article.append(who);
    return article;
  }

  function said(scene) {
    const box = make("div", `said ${scene.what}`);
    if (scene.label) box.append(directed("p", "label", scene.label));
    const texts = (scene.parts ?? []).map((part) => {
      const code = part.code !== undefined;
      const element = make(code ? "pre" : "p", code ? "code" : "words");
      element.dir = code ? "ltr" : "auto";
      const node = document.createTextNode("");
      element.append(node);
      box.append(element);
      return { element, node, text: code ? part.code : part.text };
    });
    return { box, texts, length: texts.reduce((sum, { text }) => sum + text.length, 0) };
  }

  /* As many characters as there is time for; the halves of one are not parted. */
  function reveal({ texts, length }, share) {
    let left = Math.ceil(length * share);
    for (const { element, node, text } of texts) {
      const odd = left > 0 && left < text.length && text.charCodeAt(left) >> 10 === 0x37;
      const end = Math.max(0, Math.min(text.length, left + (odd ? 1 : 0)));
      if (node.data.length !== end) node.data = text.slice(0, end);
      element.hidden = end === 0;
      left -= text.length;
    }
  }

  function folded(box, text) {
    if (!text) return;
    const data = make("pre", "data");
    data.dir = "auto";
    data.tabIndex = 0;
    box.append(data);
    const fill = () => {
      if (box.open && data.textContent === "") data.textContent = text;
    };
    box.addEventListener("toggle", fill);
    box.fill = [...(box.fill ?? []), fill];
  }

  function tool(scene, ending) {
    const unfolds = Boolean(scene.input || ending);
    const box = make(unfolds ? "details" : "div", "tool running");
    const head = make(unfolds ? "summary" : "p", "call");
    const sign = make("span", "sign", "●");
    sign.setAttribute("aria-hidden", "true");
    head.append(sign, " ", make("b", "", scene.name));
    if (scene.subject) head.append(" ", directed("code", "", scene.subject));
    box.append(head);
    for (const step of scene.steps ?? []) box.append(directed("p", "step", step));
    folded(box, scene.input);
    return { box, head, sign };
  }

  function ended(scene, { box, head, sign }) {
    box.className = `tool ${scene.sign}`;
    sign.textContent = SIGNS[scene.sign];
    head.append(" ", directed("span", "how", scene.how));
    folded(box, scene.output);
  }

  function line(scene) {
    const element = directed("p", `line ${scene.what}`);
    if (scene.label) element.append(make("b", "", scene.label), " ");
    element.append(scene.text ?? "");
    return element;
  }

  const outputs = new Set(scenes.filter((scene) => scene.type === "ended" && scene.output).map((scene) => scene.call));

  /* Put one scene below the others; what it says is whole unless it is the last one. */
  function put(into, scene, kept) {
    if (scene.type === "message") {
      into.append(message(scene));
      return null;
    }
    const article = into.lastElementChild;
    if (scene.type === "said") {
      const text = said(scene);
      reveal(text, 1);
      article.append(text.box);
      return { ...text, scene };
    }
    if (scene.type === "line") article.append(line(scene));
    if (scene.type === "started" || (scene.type === "ended" && !kept.has(scene.call))) {
      const made = tool(calls.get(scene.call), outputs.has(scene.call));
      kept.set(scene.call, made);
      article.append(made.box);
    }
    if (scene.type === "ended") ended(scene, kept.get(scene.call));
    return null;
  }

  return { make, directed, put, reveal };
}
