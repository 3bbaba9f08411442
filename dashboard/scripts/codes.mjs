// Every code that the server may send has words of ours. strings.mjs sees only that a key begins so; here the whole
// list is known: from docs/openapi.json, or, of codes that are plain text there, from the Rust source that writes them.
import { readdirSync, readFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');
const texts = {};
const text = (key) => {
  const [file, path] = key.split(':');
  texts[file] ??= JSON.parse(read(`dashboard/src/i18n/en/${file}.json`));
  return path.split('.').reduce((tree, name) => tree?.[name], texts[file]);
};

/** The names of a type in the API, and where each has its text; `*` is the name. */
const TYPES = {
  Code: ['problems:code.*.title', 'problems:code.*.mend'],
  CampaignState: ['campaigns:state.*'],
  Class: ['messages:class.*'],
  Direction: ['messages:direction.*'],
  Health: ['sessions:health.*'],
  Light: ['nav:status.state.*'],
  LightReason: ['nav:status.reason.*'],
  MessageState: ['messages:state.*', 'campaigns:message.*', 'operations:state.*'],
  NodeHealth: ['operations:nodeHealth.*'],
  Part: ['nav:status.part.*'],
  SessionStatus: ['sessions:status.*'],
  WaitingFor: ['common:waiting.*'],
};

/** Codes in Rust: the files, what they look like there, and where each has its text. */
const WRITTEN = [
  ['workers/src/', /code: "(\w+)"/g, 'reasons:what.*'],
  ['crates/waha/src/error.rs', /(?:Some\(status\)|None|Class::\w+|lost\(reads\)|status),\s*"(\w+)"/g, 'reasons:what.*'],
  ['crates/store/src/', /error_code = '(\w+)'/g, 'reasons:what.*'],
  ['crates/store/src/', /note\(\s*&mut tx,\s*[*\w.]+,\s*"(\w+)"/g, 'session:event.*'],
  ['jobs/src/', /const NAME: &'static str = "(\w+)"/g, 'operations:kind.*'],
  ['crates/store/src/timeline.rs', /Step::new\(\s*[\w.]+,\s*"(\w+)"/g, 'operations:step.*'],
];

const sources = (path) =>
  path.endsWith('.rs')
    ? [path]
    : readdirSync(new URL(path, root), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.rs'))
        .map((file) => path + file);
const written = (path, pattern) =>
  sources(path).flatMap((file) => [...(read(file).split('#[cfg(test)]')[0] ?? '').matchAll(pattern)].map((m) => m[1]));

const { schemas } = JSON.parse(read('docs/openapi.json')).components;
const wanted = [
  ...Object.entries(TYPES).map(([type, keys]) => [type, schemas[type]?.enum ?? [], keys]),
  ...WRITTEN.map(([path, pattern, key]) => [path, [...new Set(written(path, pattern))], [key]]),
];

const wrong = wanted.flatMap(([where, codes, keys]) => {
  if (codes.length === 0) return [`${where}: no codes found; scripts/codes.mjs looks in the wrong place`];
  const needed = codes.flatMap((code) => keys.map((key) => key.replace('*', code)));
  return needed.filter((key) => typeof text(key) !== 'string').map((key) => `${where}: no text ${key}`);
});
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
console.log(`${wanted.reduce((sum, [, codes]) => sum + codes.length, 0)} codes have their texts`);
