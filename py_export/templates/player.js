"use strict";
(() => {
  const { scenes, turns, durationMs } = JSON.parse(document.getElementById("replay").textContent);
  const find = (id) => document.getElementById(id);
  const [player, stage, shown, earlier, seek, play, status, help] = ["player", "stage", "shown", "earlier", "seek", "play", "status", "help"].map(find);
  const starts = scenes.flatMap((scene, index) => (scene.type === "message" ? [index] : []));
  const { make, directed, put, reveal } = drawing(scenes);
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const FEW = 40; /* messages on the screen after a jump; twice as many at most while it plays */
  const STEP = 5000;
  const SILENCE = 250;

  let now = 0;
  let playing = false;
  let before = 0;
  let frame = 0; /* the one that is waited for: two would go on beside each other */
  let last = -1; /* the scene that is shown last */
  let first = 0; /* the message that is shown first, by its place in starts */
  let follows = true;
  let typing = null;
  let tools = new Map();

  /* The place of the last of sorted numbers that is not above a limit. */
  function lastUpTo(list, limit, value) {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value(list[middle]) <= limit) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  const sceneAt = (time) => lastUpTo(scenes, time, ({ at }) => at);
  const messageOf = (scene) => lastUpTo(starts, scene, (start) => start);

  function begin(target) {
    first = Math.max(0, messageOf(target) - FEW + 1);
    shown.replaceChildren();
    tools = new Map();
    last = (starts[first] ?? 0) - 1;
    typing = null;
  }

  function show(time, jump) {
    now = Math.max(0, Math.min(durationMs, time));
    const target = sceneAt(now);
    if (jump || target < last || messageOf(target) - messageOf(last) > FEW) begin(target);
    for (; last < target; last += 1) {
      if (typing !== null) reveal(typing, 1);
      typing = put(shown, scenes[last + 1], tools);
    }
    if (typing !== null) {
      const { at, for: taking = 0 } = typing.scene;
      const share = still.matches || taking === 0 ? 1 : Math.min(1, (now - at) / taking);
      reveal(typing, share);
      typing.box.classList.toggle("coming", share < 1 && playing);
    }
    trim();
    if (follows) stage.scrollTop = stage.scrollHeight;
    tell();
  }

  function trim() {
    if (follows) {
      while (shown.childElementCount > 2 * FEW) {
        shown.firstElementChild.remove();
        first += 1;
      }
    }
    earlier.hidden = first === 0;
  }

  function showEarlier() {
    const from = Math.max(0, first - FEW);
    const some = make("div");
    const kept = new Map();
    for (let index = starts[from]; index < starts[first]; index += 1) put(some, scenes[index], kept);
    const height = stage.scrollHeight;
    shown.prepend(...some.children);
    first = from;
    earlier.hidden = first === 0;
    stage.scrollTop += stage.scrollHeight - height;
  }

  /* What the controls say. */
  const two = (number) => String(number).padStart(2, "0");
  function clock(milliseconds) {
    const seconds = Math.floor(milliseconds / 1000);
    const minutes = Math.floor(seconds / 60);
    return minutes < 60 ? `${minutes}:${two(seconds % 60)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
  }

  let chapter = -1;
  let told = "";
  function tell() {
    seek.value = now;
    const at = clock(now);
    if (at !== told) {
      told = at;
      find("now").textContent = at;
      seek.setAttribute("aria-valuetext", seek.dataset.of.replace("{at}", at).replace("{whole}", clock(durationMs)));
    }
    const turn = lastUpTo(turns, now, (each) => each.at);
    if (turn === chapter) return;
    const buttons = find("chapters").querySelectorAll("button");
    buttons[chapter]?.removeAttribute("aria-current");
    buttons[turn]?.setAttribute("aria-current", "true");
    const list = find("chapters");
    if (buttons[turn]) list.scrollTop = buttons[turn].offsetTop - list.clientHeight / 2;
    chapter = turn;
  }

  function say(text) {
    status.textContent = text;
  }

  function run(on) {
    playing = on && durationMs > 0;
    if (playing && now >= durationMs) show(0, true);
    player.classList.toggle("playing", playing);
    play.setAttribute("aria-label", playing ? play.dataset.pause : play.dataset.play);
    typing?.box.classList.toggle("coming", playing && now < typing.scene.at + (typing.scene.for ?? 0));
    before = performance.now();
    cancelAnimationFrame(frame);
    if (playing) frame = requestAnimationFrame(tick);
  }

  function tick(time) {
    if (!playing) return;
    /* A page that was away does not run ahead. */
    let next = now + Math.min(100, Math.max(0, time - before)) * Number(find("speed").value);
    before = time;
    if (find("skip").checked) next = beyondSilence(next);
    show(next, false);
    if (now >= durationMs) run(false);
    else frame = requestAnimationFrame(tick);
  }

  function beyondSilence(time) {
    const scene = scenes[sceneAt(time)];
    const following = scenes[sceneAt(time) + 1];
    const quiet = following !== undefined && time >= (scene?.at ?? 0) + (scene?.for ?? 0);
    return quiet && following.at - time > SILENCE ? following.at - SILENCE : time;
  }

  function go(time) {
    follows = true;
    show(time, true);
  }

  function goToTurn(by) {
    const at = lastUpTo(turns, now, (each) => each.at);
    const back = by < 0 && at >= 0 && now - turns[at].at > 2000 ? at : at + by;
    const turn = turns[Math.max(0, back)];
    go(turn === undefined ? (by < 0 ? 0 : durationMs) : turn.at);
    if (turn !== undefined) say(turn.title);
  }

  function faster(by) {
    const speed = find("speed");
    speed.selectedIndex = Math.max(0, Math.min(speed.options.length - 1, speed.selectedIndex + by));
    say(speed.selectedOptions[0].textContent);
  }

  const KEYS = {
    " ": () => run(!playing),
    ArrowLeft: (shift) => (shift ? goToTurn(-1) : go(now - STEP)),
    ArrowRight: (shift) => (shift ? goToTurn(1) : go(now + STEP)),
    Home: () => go(0),
    End: () => go(durationMs),
    "<": () => faster(-1),
    ">": () => faster(1),
    "?": () => help.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    const act = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : undefined;
    if (act === undefined || help.open || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = event.target;
    if (at.localName === "select" || (event.key === " " && at.matches("button, summary, input[type=checkbox]"))) return;
    event.preventDefault();
    /* A key that is held down plays, and does not stop again. */
    if (!event.repeat || event.key.startsWith("Arrow")) act(event.shiftKey);
  });

  stage.addEventListener("scroll", () => {
    follows = stage.scrollHeight - stage.scrollTop - stage.clientHeight < 80;
    if (stage.scrollTop < 120 && first > 0 && !follows) showEarlier();
  });
  earlier.addEventListener("click", () => {
    follows = false;
    showEarlier();
  });
  seek.addEventListener("input", () => go(Number(seek.value)));
  play.addEventListener("click", () => run(!playing));
  find("previous").addEventListener("click", () => goToTurn(-1));
  find("next").addEventListener("click", () => goToTurn(1));
  find("keys").addEventListener("click", () => help.showModal());

  addEventListener("beforeprint", () => {
    const kept = new Map();
    const paper = make("div");
    for (const scene of scenes) put(paper, scene, kept);
    for (const { box } of kept.values()) {
      box.open = true;
      for (const fill of box.fill ?? []) fill();
    }
    find("paper").replaceChildren(...paper.children);
  });
  addEventListener("afterprint", () => find("paper").replaceChildren());

  const list = find("chapters").querySelector("ol");
  for (const turn of turns) {
    const button = directed("button", "", turn.title);
    button.type = "button";
    button.addEventListener("click", () => go(turn.at));
    const item = make("li");
    item.append(button);
    list.append(item);
  }
  seek.max = durationMs;
  find("whole").textContent = clock(durationMs);
  player.hidden = false;
  document.documentElement.classList.add("plays");
  go(0);
  run(!still.matches);
})();
