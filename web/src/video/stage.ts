/** The conversation at a moment: what has been said by then, and how far it has moved up. It goes forward in time, and draws nothing. */
import type { Block, Measures } from "./block.ts";
import { lengthOf, type Of, type Plan, type Scene } from "./plan.ts";
import { line, message, said, tool } from "./scenes.ts";
import { COLUMN } from "./theme.ts";

/** Of the way that is left, how much the conversation moves up with each picture. */
const EASE = 0.35;
/** Scenes that are more than a screen, however little each says. */
const SCREENFUL = 80;

export interface Placed {
  block: Block;
  /** From where the conversation begins. */
  top: number;
}

interface Call {
  started: Of<"started">;
  depth: number;
  block: Block;
}

export class Stage {
  readonly plan: Plan;
  readonly lengthMs: number;
  at = 0;
  /** How far the conversation has moved up. */
  scroll = 0;
  /** The question that is being answered, as its chapter's title. */
  turn = "";
  readonly #measures: Measures;
  /** What may still be seen; what has moved out is forgotten, and only its height counts. */
  #blocks: Block[] = [];
  #gone = 0;
  #next = 0;
  #nextTurn = 0;
  #depth = 0;
  #speaking: { block: Block; at: number; for: number } | null = null;
  readonly #calls = new Map<number, Call>();

  constructor(plan: Plan, measures: Measures) {
    this.plan = plan;
    this.lengthMs = lengthOf(plan);
    this.#measures = measures;
  }

  /** The stage as it is at a moment, with nothing moving. */
  static at(plan: Plan, measures: Measures, ms: number): Stage {
    const stage = new Stage(plan, measures);
    const after = plan.scenes.findIndex(({ at }) => at > ms);
    const last = after === -1 ? plan.scenes.length : after;
    for (const [index, scene] of plan.scenes.slice(0, Math.max(0, last - SCREENFUL)).entries()) {
      // What has long moved out need not be laid out; how deep it goes on must be known.
      if (scene.type === "message") stage.#depth = scene.depth ?? 0;
      stage.#next = index + 1;
    }
    stage.#nextTurn = Math.max(0, plan.turns.findLastIndex(({ at }) => at <= ms));
    stage.advance(ms);
    stage.scroll = stage.#target();
    return stage;
  }

  /** Go on to a moment; tells whether anything can be seen to be another. */
  advance(ms: number): boolean {
    const { scenes, turns } = this.plan;
    let changed = ms === 0 || Math.floor(ms / 1000) !== Math.floor(this.at / 1000);
    this.at = ms;
    for (let scene = scenes[this.#next]; scene !== undefined && scene.at <= ms; scene = scenes[++this.#next]) {
      this.#put(scene);
      changed = true;
    }
    for (let turn = turns[this.#nextTurn]; turn !== undefined && turn.at <= ms; turn = turns[++this.#nextTurn]) this.turn = turn.title;
    return [this.#speak(ms), this.#move()].includes(true) || changed;
  }

  /** What can be seen, from above. */
  shown(): Placed[] {
    let top = this.#gone;
    return this.#blocks.map((block) => {
      const placed = { block, top };
      top += block.height;
      return placed;
    });
  }

  #put(scene: Scene): void {
    if (this.#speaking !== null) this.#speaking.block.said = Infinity;
    this.#speaking = null;
    switch (scene.type) {
      case "message":
        this.#depth = scene.depth ?? 0;
        this.#blocks.push(message(scene, this.#measures));
        break;
      case "said": {
        const block = said(scene, this.#depth, this.#measures);
        block.said = 0;
        this.#speaking = { block, at: scene.at, for: scene.for ?? 0 };
        this.#blocks.push(block);
        break;
      }
      case "started": {
        const block = tool(scene, null, this.#depth, this.#measures);
        this.#calls.set(scene.call, { started: scene, depth: this.#depth, block });
        this.#blocks.push(block);
        break;
      }
      case "ended":
        this.#end(scene);
        break;
      case "line":
        this.#blocks.push(line(scene, this.#depth, this.#measures));
    }
  }

  /** A call that has ended says so where it stands; one that has moved out of sight is not looked for. */
  #end(scene: Of<"ended">): void {
    const call = this.#calls.get(scene.call);
    if (call === undefined) return;
    this.#calls.delete(scene.call);
    const place = this.#blocks.indexOf(call.block);
    if (place !== -1) this.#blocks[place] = tool(call.started, scene, call.depth, this.#measures);
  }

  #speak(ms: number): boolean {
    if (this.#speaking === null) return false;
    const { block, at, for: taking } = this.#speaking;
    const before = block.said;
    block.said = ms >= at + taking ? Infinity : Math.ceil((block.length * (ms - at)) / taking);
    if (block.said >= block.length) {
      block.said = Infinity;
      this.#speaking = null;
    }
    return block.said !== before;
  }

  #target(): number {
    const height = this.#blocks.reduce((sum, block) => sum + block.height, this.#gone);
    return Math.max(0, height - (COLUMN.bottom - COLUMN.top));
  }

  #move(): boolean {
    const left = this.#target() - this.scroll;
    // What a call was thought to take may prove less: nothing moves back.
    if (left <= 0) return false;
    this.scroll += left < 2 ? left : Math.ceil(left * EASE);
    for (let [first] = this.#blocks; first !== undefined && this.#blocks.length > 1 && this.#gone + first.height < this.scroll; [first] = this.#blocks) {
      this.#gone += first.height;
      this.#blocks.shift();
    }
    return true;
  }
}
