// Every text exists in every language, every key that the source names exists, and none is left over.
// What the source must keep to: one `useTranslation('<file>')` per file, keys as literals (`t('title')`,
// `t('common:save')`) or as a template with a literal beginning (t(`state.${x}`)), which stands for all that begin so.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('../src', import.meta.url));
const strings = join(src, 'i18n');
const languages = ['en', 'id'];
const wrong = [];

const flat = (value, prefix) =>
  typeof value === 'string'
    ? [[prefix, value]]
    : Object.entries(value).flatMap(([key, inner]) => flat(inner, prefix ? `${prefix}.${key}` : key));
const plain = (key) => key.replace(/_(zero|one|two|few|many|other)$/, '');
const placeholders = (text) =>
  [...text.matchAll(/\{\{\s*([\w.]+)/g)]
    .map((m) => m[1])
    .sort()
    .join();

const known = {};
for (const language of languages) {
  known[language] = new Map();
  for (const file of readdirSync(join(strings, language))) {
    const entries = flat(JSON.parse(readFileSync(join(strings, language, file), 'utf8')), '');
    for (const [key, text] of entries) {
      if (!text.trim()) wrong.push(`${language}/${file}: ${key} is empty`);
      known[language].set(`${basename(file, '.json')}:${plain(key)}`, text);
    }
  }
}
for (const [key, text] of known.en) {
  if (!known.id.has(key)) wrong.push(`id lacks ${key}`);
  else if (placeholders(text) !== placeholders(known.id.get(key)))
    wrong.push(`${key}: en and id name other placeholders`);
}
for (const key of known.id.keys()) if (!known.en.has(key)) wrong.push(`en lacks ${key}`);

const used = new Set();
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (f) => /\.tsx?$/.test(f) && !f.endsWith('schema.ts'),
);
for (const file of sources) {
  const text = readFileSync(join(src, file), 'utf8');
  const spaces = new Set([...text.matchAll(/useTranslation\(\s*'(\w+)'/g)].map((m) => m[1]));
  if (spaces.size > 1) wrong.push(`${file}: more than one useTranslation file`);
  const home = [...spaces][0] ?? 'common';
  const full = (key) => (key.includes(':') ? key : `${home}:${key}`);
  for (const [, key] of text.matchAll(/(?<![\w.])t\(\s*'([^']+)'/g)) {
    used.add(full(key));
    if (!known.en.has(full(key))) wrong.push(`${file}: no text ${full(key)}`);
  }
  // Keys that travel as data: label: 'nav:sessions'.
  for (const [, key] of text.matchAll(/'(\w+:[\w.]+)'/g)) used.add(key);
  for (const [, start] of text.matchAll(/(?:(?<![\w.])t\(\s*|: )`([\w.:]+)\$\{/g)) {
    const all = [...known.en.keys()].filter((key) => key.startsWith(full(start)));
    if (all.length === 0 && /t\(\s*`/.test(text)) continue;
    for (const key of all) used.add(key);
  }
}
for (const key of known.en.keys()) if (!used.has(key)) wrong.push(`nobody uses ${key}`);

if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
console.log(`${known.en.size} texts in ${languages.join(' and ')}`);
