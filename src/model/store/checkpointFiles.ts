/** Decides which files of a checkpoint, or of a model folder on the hub, are worth downloading. */
const NAMES = new Set([
  'config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'modules.json',
  'config_sentence_transformers.json',
  'sentence_bert_config.json',
]);
const TEXTS = /^(?:readme\.md|licen[cs]e(?:\.\w+)?|notice(?:\.\w+)?)$/i;
/** Copies of the same weights for other runtimes. */
const OTHER_RUNTIMES = /^(?:onnx|openvino|coreml|tflite|flax)\//i;

/** True if a conversion needs `path`; `all` are the names of the whole listing. */
export function isNeeded(path: string, all: readonly string[]): boolean {
  const depth = path.split('/').length;
  const name = path.slice(path.lastIndexOf('/') + 1);
  // The folder is converted already, so everything is at its root.
  if (all.includes('malmoi-model.json')) return depth === 1 && !name.startsWith('.');
  if (depth === 1 && TEXTS.test(name)) return true;
  if (OTHER_RUNTIMES.test(path)) return false;
  if (/\.safetensors(?:\.index\.json)?$/.test(name)) return true;
  return depth === 1 ? NAMES.has(name) : depth === 2 && (name === 'config.json' || NAMES.has(name));
}

/** Content of an archive that no import needs: weights for other libraries, and files that systems leave behind. */
export function isUseless(path: string): boolean {
  return (
    /(?:^|\/)(?:\.git|__MACOSX|\.cache)\//.test(path) ||
    /(?:^|\/)(?:\.DS_Store|Thumbs\.db|\._[^/]*)$/.test(path) ||
    /\.(?:bin|h5|msgpack|ot|pt|pth|ckpt|tflite|gguf)$/i.test(path)
  );
}
