/** What the JSON Schema of a format's options says: which options there are, and their defaults, which may depend on the style. */
import type { OptionValues } from "../engine/protocol.ts";
import { FORMATS, type Format } from "./formats.ts";

export type Value = string | number | boolean | null;

export interface OptionSchema {
  readonly type?: string;
  readonly default: Value;
  readonly enum?: readonly Value[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  /** It follows from the selection; nobody chooses it. */
  readonly readOnly?: boolean;
}

interface Schema {
  readonly properties: Readonly<Record<string, OptionSchema>>;
  readonly allOf?: readonly {
    readonly if: { readonly properties: Readonly<Record<string, { readonly const: Value }>> };
    readonly then: { readonly properties: Readonly<Record<string, { readonly default: Value }>> };
  }[];
}

/** The options that a person may choose, in their order. */
export function optionsOf(format: Format): [name: string, option: OptionSchema][] {
  return Object.entries(schemaOf(format).properties).filter(([, option]) => option.readOnly !== true);
}

/** Every option's default, given what is chosen. */
export function defaultsOf(format: Format, chosen: OptionValues): Record<string, Value> {
  const { properties, allOf = [] } = schemaOf(format);
  const defaults = Object.fromEntries(Object.entries(properties).map(([name, option]) => [name, option.default]));
  const current = { ...defaults, ...chosen };
  for (const rule of allOf) {
    const holds = Object.entries(rule.if.properties).every(([name, { const: value }]) => current[name] === value);
    if (!holds) continue;
    for (const [name, { default: value }] of Object.entries(rule.then.properties)) defaults[name] = value;
  }
  return defaults;
}

/** What differs from the defaults: all that has to be said. What the format does not know is left out. */
export function changedFrom(format: Format, chosen: OptionValues): OptionValues {
  const known = schemaOf(format).properties;
  const defaults = defaultsOf(format, chosen);
  return Object.fromEntries(Object.entries(chosen).filter(([name, value]) => name in known && defaults[name] !== value));
}

/** Whether a value is one of the option's: what was remembered may be of another version. */
export function allows(option: OptionSchema, value: unknown): value is Value {
  if (option.enum !== undefined) return option.enum.some((one) => one === value);
  if (option.type === "integer") return isWithin(value, option);
  return option.type === "boolean" ? typeof value === "boolean" : typeof value === "string";
}

/** Whether a value is a whole number that an option takes. */
function isWithin(value: unknown, { minimum = -Infinity, maximum = Infinity }: OptionSchema): value is number {
  return Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum;
}

function schemaOf(format: Format): Schema {
  const row = FORMATS.find(({ id }) => id === format);
  if (row === undefined) throw new TypeError(format);
  return row.options;
}
