// Any screen must be usable after at most 250 kB of JavaScript (gzip), if it is the first one that a visitor opens: the
// entry and all it imports at once, with the screen and all that imports.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = 250;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

function needed(key, found = new Set()) {
  const chunk = manifest[key];
  if (!chunk || found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const imported of chunk.imports ?? []) needed(imported, found);
  return found;
}

const size = (file) => gzipSync(readFileSync(new URL(file, dist))).length / 1000;
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const screens = Object.keys(manifest).filter((key) => key.endsWith('Screen.tsx') && manifest[key].isDynamicEntry);
const costs = screens.map((screen) => {
  const files = [...needed(screen, needed(entry))].filter((file) => file.endsWith('.js'));
  return { screen, kb: files.reduce((sum, file) => sum + size(file), 0) };
});
costs.sort((a, b) => b.kb - a.kb);
for (const { screen, kb } of costs) console.log(`${kb.toFixed(0)} kB ${screen}`);
if (costs.length === 0 || costs.some(({ kb }) => kb > BUDGET_KB)) {
  console.error(`over the budget of ${BUDGET_KB} kB: load lazily what the first screen does not show`);
  process.exit(1);
}
