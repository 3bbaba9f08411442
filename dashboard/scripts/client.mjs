// Generates src/api/schema.ts from the API's own document; without --write only says whether it is up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const source = new URL('../../docs/openapi.json', import.meta.url);
const target = new URL('../src/api/schema.ts', import.meta.url);

const types = astToString(await openapiTS(source));
const text = `// Generated from docs/openapi.json by \`npm run gen\`. Do not edit.\n\n${types}`;

if (process.argv.includes('--write')) {
  writeFileSync(target, text);
} else if (readFileSync(target, 'utf8') !== text) {
  console.error('src/api/schema.ts is not what docs/openapi.json says: run `npm run gen` in dashboard/.');
  process.exit(1);
}
