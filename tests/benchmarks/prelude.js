// Stands before the engine's worker where its memory is measured: remembers every WebAssembly memory.
globalThis.memories = new Set();
const { instantiate, instantiateStreaming, Memory } = WebAssembly;
const note = ({ exports }) => {
  for (const each of Object.values(exports)) if (each instanceof Memory) memories.add(each);
};
WebAssembly.instantiate = async (source, imports) => {
  const made = await instantiate(source, imports);
  note(made.instance ?? made);
  return made;
};
WebAssembly.instantiateStreaming = async (source, imports) => {
  const made = await instantiateStreaming(source, imports);
  note(made.instance);
  return made;
};
globalThis.peak = () => Math.max(0, ...[...memories].map(({ buffer }) => buffer.byteLength));
