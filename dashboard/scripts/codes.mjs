// Every code that the server may send has words of ours. strings.mjs sees only that a key begins so; here the whole
// list is known: the enums of docs/openapi.json, which a test of the API keeps equal to the code.
import { readFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const texts = {};
const text = (key) => {
  const [file, path] = key.split(':');
  texts[file] ??= read(`dashboard/src/i18n/en/${file}.json`);
  return path.split('.').reduce((tree, name) => tree?.[name], texts[file]);
};

/** The enums of the API, and where each of their names has its text; `*` is the name. */
const TYPES = {
  Code: ['problems:code.*.title', 'problems:code.*.mend'],
  Rule: ['rules:rule.*'],
  Reason: ['reasons:what.*', 'reasons:mend.*'],
  CampaignState: ['campaigns:state.*'],
  Class: ['messages:class.*'],
  Direction: ['messages:direction.*'],
  Health: ['sessions:health.*'],
  HealthReason: ['session:reason.*'],
  ImportState: ['imports:state.*'],
  JobKind: ['operations:kind.*'],
  JobOrMessageState: ['operations:state.*'],
  ListFormat: ['imports:format.*'],
  ListOrigin: ['imports:origin.*'],
  MessageState: ['messages:state.*', 'campaigns:message.*'],
  NodeGap: ['operations:nodeGap.*'],
  NodeHealth: ['operations:nodeHealth.*'],
  QuotaStatus: ['session:quota.*'],
  Part: ['nav:status.part.*'],
  PartReason: ['nav:status.reason.*'],
  PartState: ['nav:status.state.*'],
  Queue: ['operations:queue.*', 'operations:target.*'],
  RejectCode: ['campaigns:reject.*', 'contacts:reject.*'],
  SessionSignal: ['session:event.*'],
  SessionStatus: ['sessions:status.*'],
  SuppressionReason: ['contacts:reason.*', 'inbox:suppressed.*'],
  TimelineStep: ['operations:step.*'],
  WaitingFor: ['common:waiting.*'],
  WorkerRole: ['operations:workers.role.*'],
};

const { schemas } = read('docs/openapi.json').components;
const wrong = Object.entries(TYPES).flatMap(([type, keys]) => {
  const names = schemas[type]?.enum ?? [];
  if (names.length === 0) return [`${type}: docs/openapi.json has no such enum`];
  const needed = names.flatMap((name) => keys.map((key) => key.replace('*', name)));
  return needed.filter((key) => typeof text(key) !== 'string').map((key) => `${type}: no text ${key}`);
});
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
const count = Object.keys(TYPES).reduce((sum, type) => sum + schemas[type].enum.length, 0);
console.log(`${count} codes have their texts`);
