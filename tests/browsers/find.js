// Finds what a person would look for, by role and name, through every shadow root and into frames of the same origin. The same in
// every engine: a difference that a test shows is the page's, not the finder's. Roles and names are the few that the tests ask for;
// whether an engine computes them as the standard says is what the accessibility tests look at.
(target, reach) => {
  const IMPLICIT = {
    article: "article",
    button: "button",
    combobox: "select",
    dialog: "dialog",
    group: "fieldset",
    heading: "h1, h2, h3, h4, h5, h6",
    link: "a[href]",
    listitem: "li",
    progressbar: "progress",
    radio: "input[type=radio]",
    searchbox: "input[type=search]",
  };
  const plain = (text) => text.replaceAll(/\s+/g, " ").trim();

  const inside = (element) => {
    const hidden = element.shadowRoot ?? (element.localName === "iframe" ? element.contentDocument : null);
    return hidden === null ? [] : below(hidden);
  };
  const below = (root) => [...root.querySelectorAll("*")].flatMap((element) => [element, ...inside(element)]);

  const nameOf = (element) => {
    const label = element.getAttribute("aria-label");
    if (label !== null) return label;
    const legend = element.matches("fieldset") ? element.querySelector(":scope > legend") : null;
    if (legend !== null) return legend.textContent;
    const ids = element.getAttribute("aria-labelledby")?.split(/\s+/) ?? [];
    const labels = ids.length > 0 ? ids.map((id) => element.getRootNode().getElementById(id)) : [...(element.labels ?? [])];
    return (labels.length > 0 ? labels : [element]).map((each) => each?.textContent ?? "").join(" ");
  };
  const hasRole = (element, role) => {
    const given = element.getAttribute("role");
    return given === null ? role in IMPLICIT && element.matches(IMPLICIT[role]) : given === role;
  };
  const fits = ({ role, name, css }) => (element) =>
    (role === null || hasRole(element, role)) &&
    (name === null || plain(nameOf(element)) === name || (role === null && plain(element.textContent).includes(name))) &&
    (css === null || element.matches(css)) &&
    element.checkVisibility({ visibilityProperty: true });

  const findAll = ({ within, ...wanted }) => {
    const places = within === null ? [document] : findAll(within);
    return places.flatMap((place) => [...(place.nodeType === Node.ELEMENT_NODE ? inside(place) : []), ...below(place)]).filter(fits(wanted));
  };

  const hitAt = (x, y) => {
    let hit = document.elementFromPoint(x, y);
    for (;;) {
      const deeper = hit?.shadowRoot?.elementFromPoint(x, y) ?? null;
      if (deeper?.getRootNode() !== hit?.shadowRoot) return hit;
      hit = deeper;
    }
  };
  // Where a click would land, and whether the element gets it: what lies over it would take it away, as it would from a person.
  const spotOf = (element) => {
    element.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    const { left, top, width, height } = element.getClientRects()[0];
    const [x, y] = [left + width / 2, top + height / 2];
    const hit = hitAt(x, y);
    // A label that covers its control hands the click on.
    let reached = hit?.closest("label")?.control === element;
    for (let at = hit; at !== null && !reached; at = at.assignedSlot ?? at.parentElement ?? at.getRootNode().host ?? null) {
      reached = at === element;
    }
    return { x, y, reached: reached && !element.matches(":disabled") };
  };

  const found = findAll(target);
  return {
    elements: found.map((element) => ({ text: element.textContent, value: element.value ?? null, checked: element.checked ?? null })),
    spot: reach && found.length > 0 ? spotOf(found[0]) : null,
  };
};
