/** A view whose code is fetched when it is first shown: the page starts without it. */
import { fill, h } from "../dom.ts";
import type { App, View } from "./app.ts";
import { failurePanel } from "./failure.ts";

export function lazyView(app: App, load: () => Promise<View>): View {
  const root = h("div", { class: "lazy" });
  let inner: View | null = null;
  let arrived = false;
  let left = false;
  const show = async (): Promise<void> => {
    fill(root, h("p", { role: "status", class: "unseen" }, app.words.t("ui.loading")));
    try {
      const view = await load();
      if (left) {
        view.leave();
        return;
      }
      inner = view;
      fill(root, view.root);
      document.title = `${view.title} · py-export`;
      if (arrived) view.arrive();
    } catch (error) {
      if (!left) fill(root, failurePanel(app, error, () => void show()));
    }
  };
  void show();
  return {
    root,
    title: "",
    arrive: () => {
      arrived = true;
      inner?.arrive();
    },
    menu: () => inner?.menu() ?? null,
    focusLine: () => { inner?.focusLine(); },
    leave: () => {
      left = true;
      inner?.leave();
    },
  };
}
