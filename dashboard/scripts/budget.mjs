// The first screen must be usable after at most 250 kB of JavaScript (gzip): the entry and all it imports at once,
// with the costliest screen a visitor may land on.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = 250;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const landings = [
  'src/auth/LoginScreen.tsx',
  'src/screens/overview/HomeScreen.tsx',
  'src/screens/sessions/SessionsScreen.tsx',
];

function needed(key, found = new Set()) {
  const chunk = manifest[key];
  if (!chunk || found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const imported of chunk.imports ?? []) needed(imported, found);
  return found;
}

const size = (file) => gzipSync(readFileSync(new URL(file, dist))).length / 1000;
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
let failed = false;
for (const landing of landings) {
  if (!manifest[landing]) throw new Error(`${landing} is not a chunk of its own: is it still loaded lazily?`);
  const total = [...needed(landing, needed(entry))]
    .filter((file) => file.endsWith('.js'))
    .reduce((sum, file) => sum + size(file), 0);
  console.log(`${landing}: ${total.toFixed(0)} kB of JavaScript, gzip`);
  failed ||= total > BUDGET_KB;
}
if (failed) {
  console.error(`over the budget of ${BUDGET_KB} kB: load lazily what the first screen does not show`);
  process.exit(1);
}
