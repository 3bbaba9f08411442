// Checks who may import whom in src/: the layers and the features, each only what stands before it, and no circles.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('../src', import.meta.url));

/** A folder may import those before it. `ui` knows no noun; `components` holds the words of problems and reasons. */
const LAYERS = ['api', 'i18n', 'time', 'live', 'test', 'components', 'ui', 'features', 'app', 'main.tsx'];

/** A context may import those before it; what two of them need goes into the lower one. */
const CONTEXTS = ['accounts', 'sessions', 'messages', 'contacts', 'imports', 'inbox', 'campaigns', 'operator', 'home'];

const IMPORT = /(?:from|import|import\()\s*'(\.{1,2}\/[^']+)'/g;

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));

function resolved(file, target) {
  const path = normalize(join(dirname(file), target));
  const found = [path, `${path}.ts`, `${path}.tsx`, join(path, 'index.ts')].find(
    (each) => existsSync(join(src, each)) && statSync(join(src, each)).isFile(),
  );
  return found ?? path;
}

const imports = new Map(
  files.map((file) => [
    file,
    [...readFileSync(join(src, file), 'utf8').matchAll(IMPORT)].map(([, target]) => resolved(file, target)),
  ]),
);

const wrong = [];

function place(file) {
  const [layer, context] = file.split('/');
  if (!LAYERS.includes(layer)) wrong.push(`${file}: ${layer} is no layer`);
  if (layer === 'features' && !CONTEXTS.includes(context)) wrong.push(`${file}: ${context} is no context`);
  return { layer: LAYERS.indexOf(layer), context: layer === 'features' ? CONTEXTS.indexOf(context) : -1 };
}

for (const [file, targets] of imports) {
  const from = place(file);
  for (const target of targets) {
    const to = place(target);
    const upwards = to.layer > from.layer || (to.layer === from.layer && to.context > from.context);
    if (upwards) wrong.push(`${file} may not import ${target}`);
  }
}

/** Depth first; what is met again on its own path is a circle. */
const done = new Set();
function walk(file, path) {
  if (path.includes(file)) {
    wrong.push(`circle: ${[...path.slice(path.indexOf(file)), file].join(' -> ')}`);
    return;
  }
  if (done.has(file)) return;
  for (const target of imports.get(file) ?? []) walk(target, [...path, file]);
  done.add(file);
}
for (const file of files) walk(file, []);

if (wrong.length > 0) {
  console.error([...new Set(wrong)].join('\n'));
  process.exit(1);
}
console.log(`${files.length} files in ${LAYERS.length} layers and ${CONTEXTS.length} contexts, no circle`);
