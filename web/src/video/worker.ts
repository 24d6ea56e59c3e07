// The video's worker: looks at a plan, shows pictures of it, or films it. To stop it is to end it: it holds nothing that must be put away.
import { measuresOf, type Measures } from "./block.ts";
import { Painter } from "./draw.ts";
import { codecFor, easelOf, film, type Easel } from "./film.ts";
import { lengthOf, type Plan } from "./plan.ts";
import type { Order, Report } from "./protocol.ts";
import { estimate } from "./size.ts";
import { Stage } from "./stage.ts";

/** Milliseconds between two words about how far it is. */
const PACE_MS = 100;

/** What was looked at last. */
let looked: { plan: Plan; easel: Easel; measures: Measures; painter: Painter } | null = null;

self.onmessage = ({ data }: MessageEvent<Order>) => { void obey(data); };
// Where it runs on another origin, the first order came before this module.
void (self as { heard?: Promise<MessageEvent<Order>> }).heard?.then(async ({ data }) => obey(data));

async function obey(order: Order): Promise<void> {
  try {
    if (order.type === "look") await look(order.plan);
    else if (order.type === "still") still(order.at);
    else if (order.type === "size") say({ type: "sized", bytes: await estimate(await planOf(order.plan)) });
    else await filmed(order.plan);
  } catch {
    say({ type: "failed" });
  }
}

async function look(blob: Blob): Promise<void> {
  const plan = await planOf(blob);
  const easel = easelOf(plan);
  const measures = measuresOf(easel.context);
  looked = { plan, easel, measures, painter: new Painter(easel.context, measures) };
  const possible = (await codecFor(plan)) !== null;
  say({ type: "looked", look: { lengthMs: lengthOf(plan), possible } });
}

function still(at: number): void {
  if (looked === null) return;
  const { plan, easel, measures, painter } = looked;
  painter.draw(Stage.at(plan, measures, at));
  const picture = easel.canvas.transferToImageBitmap();
  say({ type: "still", picture }, [picture]);
}

async function filmed(blob: Blob): Promise<void> {
  let told = 0;
  const video = await film(await planOf(blob), (done, total) => {
    if (performance.now() - told < PACE_MS) return;
    told = performance.now();
    say({ type: "progress", done, total });
  });
  say({ type: "filmed", video });
}

async function planOf(blob: Blob): Promise<Plan> {
  return JSON.parse(await blob.text()) as Plan;
}

function say(report: Report, moved: Transferable[] = []): void {
  self.postMessage(report, moved);
}
