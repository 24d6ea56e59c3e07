/** Makes the video: each picture drawn, encoded by the browser and put into WebM. */
import { CanvasSource, getFirstEncodableVideoCodec, Output, Quality, WebMOutputFormat, type EncodedPacket, type Target, type VideoCodec } from "mediabunny";

import { measuresOf, type Measures } from "./block.ts";
import { Painter, type Context } from "./draw.ts";
import { KEY_EVERY, pictures, RATE } from "./pictures.ts";
import type { Plan } from "./plan.ts";
import { Reel } from "./reel.ts";
import { Stage } from "./stage.ts";

/** What WebM can hold and browsers can encode, the better first. */
const CODECS: VideoCodec[] = ["vp9", "vp8"];
/** Bits a second, at most: letters stay sharp while a screenful moves. */
const MOST_BITS = { 720: 4_000_000, 1080: 8_000_000 };

/** What pictures of a plan are drawn on. */
export interface Easel {
  canvas: OffscreenCanvas;
  context: Context;
}

export function easelOf({ video: { width, height } }: Plan): Easel {
  const canvas = new OffscreenCanvas(width, height);
  // Where the encoder is a program, it reads each picture.
  const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
  if (context === null) throw new Error("no canvas");
  return { canvas, context };
}

/** The codec that this browser can encode such pictures with; null where there is none. */
export async function codecFor(plan: Plan): Promise<VideoCodec | null> {
  const { width, height } = plan.video;
  return getFirstEncodableVideoCodec(CODECS, { width, height, quality: qualityOf(plan), frameRate: RATE });
}

/** Make it, however long it is: in memory is what is being encoded. @param onProgress Told how much there is, in milliseconds of the video. */
export async function film(plan: Plan, onProgress: (done: number, total: number) => void): Promise<Blob> {
  const reel = new Reel();
  const { stage, shoot, finish } = await camera(plan, reel.target);
  for (const at of pictures(stage)) {
    await shoot(stage, at);
    onProgress(at, stage.lengthMs);
  }
  await finish();
  return reel.file;
}

/** What draws the pictures of a plan, encodes them and puts them into WebM. */
export interface Camera {
  /** At its beginning. */
  stage: Stage;
  measures: Measures;
  /** Take the picture of a stage for a moment of the video, in milliseconds; `key` makes it stand by itself. */
  shoot: (stage: Stage, at: number, key?: boolean) => Promise<void>;
  finish: () => Promise<void>;
}

/** @param onPacket Told of every picture when it is encoded. */
export async function camera(plan: Plan, target: Target, onPacket?: (packet: EncodedPacket) => void): Promise<Camera> {
  const codec = await codecFor(plan);
  if (codec === null) throw new Error("no codec");
  const { canvas, context } = easelOf(plan);
  const measures = measuresOf(context);
  const painter = new Painter(context, measures);
  const source = new CanvasSource(canvas, {
    codec,
    quality: qualityOf(plan),
    keyFrameInterval: KEY_EVERY,
    latencyMode: "quality",
    contentHint: "text",
    ...(onPacket !== undefined && { onEncodedPacket: onPacket }),
  });
  const output = new Output({ format: new WebMOutputFormat(), target });
  output.addVideoTrack(source, { name: plan.title });
  await output.start();
  return {
    stage: new Stage(plan, measures),
    measures,
    shoot: async (stage, at, key = false) => {
      painter.draw(stage);
      await source.add(at / 1000, 1 / RATE, key ? { keyFrame: true } : {});
    },
    finish: async () => output.finalize(),
  };
}

function qualityOf({ video }: Plan): Quality {
  return new Quality({ bitrate: video.height > 720 ? MOST_BITS[1080] : MOST_BITS[720] });
}
