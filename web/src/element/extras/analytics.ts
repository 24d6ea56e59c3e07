/** The cards of analytics: which days count, and which models. Both are offered as the sessions have them. */
import { fill, h } from "../../dom.ts";
import { explain, isAbort } from "../errors.ts";
import type { Extra, ExtraHost } from "../extras.ts";
import { checkbox, fieldset, select } from "../fields.ts";
import { daysOf, PERIODS, todayIn, type Days, type Period } from "./period.ts";

/** The preview comes first. */
const SETTLE_MS = 300;

/** What is read of `analytics-json`. */
interface Figures {
  readonly byDay: readonly { day: string }[];
  readonly byModel: readonly { model: string | null }[];
}

export function makeExtra({ words, file, changed }: ExtraHost): Extra {
  const { t } = words;
  const leaving = new AbortController();
  const left = new Set<string>();
  let models: readonly string[] = [];
  let period: Period = "all";
  let timezone = "UTC";

  const day = (id: string): HTMLInputElement => h("input", { type: "date", id, class: "control", onchange: () => { choose(); } });
  const [since, until] = [day("period-since"), day("period-until")];
  const end = (label: string, input: HTMLInputElement): HTMLElement => h("div", { class: "field", hidden: true }, h("label", { for: input.id }, label), input);
  const ends = [end(t("ui.span_from"), since), end(t("ui.span_to"), until)];
  const wrong = h("p", { class: "wrong", role: "alert" });
  const offered = h("div", {});
  const failed = h("p", { class: "wrong", role: "alert" });
  let learning: AbortController | null = null;

  const days = (): Days => daysOf(period, todayIn(timezone, Date.now()), { since: since.value, until: until.value });
  /** Why nothing can be exported; null where it can. */
  const reason = (): string | null => {
    const { since: first, until: last } = days();
    if (first !== "" && last !== "" && first > last) return t("ui.period_backwards");
    return models.length > 0 && left.size === models.length ? t("ui.models_none") : null;
  };
  const choose = (): void => {
    for (const one of ends) one.hidden = period !== "days";
    wrong.textContent = reason();
    changed();
  };

  /** Of all usage, say which part is wanted, in case that everything is too much. */
  const ask = (): void => {
    const { since: from, until: to } = days();
    const query = new URLSearchParams({ ...(from !== "" && { from }), ...(to !== "" && { to }) });
    if (query.size > 0) query.set("timezone", timezone);
    if (!file.within(query.size === 0 ? "" : `?${query.toString()}`)) return;
    // Other models were used then.
    models = [];
    left.clear();
    fill(offered);
    learning?.abort();
    learning = null;
  };

  /** Learn which days and models there are. Without it, the periods are offered all the same. */
  const look = async (signal: AbortSignal): Promise<void> => {
    await new Promise((resolve) => { setTimeout(resolve, SETTLE_MS); });
    signal.throwIfAborted();
    const open = await file.open();
    const { blob } = await open.export(file.about({ to: "analytics-json", options: { events: false }, together: true }), signal);
    const { byDay, byModel } = JSON.parse(await blob.text()) as Figures;
    since.value ||= byDay[0]?.day ?? "";
    until.value ||= byDay.at(-1)?.day ?? "";
    // A comma would part a name in two.
    models = byModel.flatMap(({ model }) => (model === null || model === "" || model.includes(",") ? [] : [model]));
    if (models.length < 2) models = [];
    else fill(offered, fieldset(t("ui.models"), ...models.map((model) => checkbox(model, true, (checked) => {
      if (checked) left.delete(model);
      else left.add(model);
      choose();
    }))));
  };

  /** Learn it, once: what fails is said where it is no matter of one session, and tried again with the next choice. */
  const learn = (): void => {
    const own = (learning = new AbortController());
    look(AbortSignal.any([leaving.signal, file.signal, own.signal])).then(
      () => { failed.textContent = ""; },
      (error: unknown) => {
        if (learning === own) learning = null;
        if (file.usage && !isAbort(error)) failed.textContent = explain(error, words).message;
      },
    );
  };
  learn();

  const periods = PERIODS.map((one) => [one, t(`ui.period_${one}`)] as const);
  return {
    root: h("div", { class: "options" }, fieldset(t("ui.period"), select(t("ui.period_which"), periods, period, (chosen) => {
      period = PERIODS.find((one) => one === chosen) ?? "all";
      choose();
    }), ...ends), offered, wrong, failed),
    ...(file.usage && { without: ["range", "selection", "together"] as const }),
    value: () => {
      const chosen = days();
      return {
        options: {
          ...(chosen.since !== "" && { since: chosen.since }),
          ...(chosen.until !== "" && { until: chosen.until }),
          ...(left.size > 0 && { models: models.filter((model) => !left.has(model)).join(",") }),
        },
      };
    },
    onChoice: ({ options }) => {
      const zone = String(options["timezone"] ?? "UTC");
      const moved = zone !== timezone;
      timezone = zone;
      if (file.usage) ask();
      if (file.usage && learning === null) learn();
      if (!moved) return;
      // What is today may be another day there.
      if (period !== "all" && period !== "days") changed();
    },
    ready: () => reason() === null,
    leave: () => { leaving.abort(); },
  };
}
