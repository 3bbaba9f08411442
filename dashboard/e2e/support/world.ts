// Before all tests: one installation that they share, its operators, and how the simulator's people behave.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PEOPLE, sim } from './sim';
import { binary, environment, freePort, startSimulator, startStack } from './stack';

const operator = (name: string, language: 'en' | 'id' = 'en') => ({
  name: 'Sari',
  email: `ops-${name}@wahana.example`,
  password: 'kuda terbang tinggi',
  organization: 'Wahana Ops',
  language,
});

/** Who operates the installation: one for each test that needs an operator, so that none sees another's data. */
export const OPERATORS = {
  en: operator('en'),
  id: operator('id', 'id'),
  jobs: operator('jobs'),
  queues: operator('queues'),
  shop: operator('shop'),
};

export default async function start(): Promise<() => Promise<void>> {
  // Short: sockets lie in it, and their paths are limited.
  const data = mkdtempSync(join(tmpdir(), 'wahana-e2e-'));
  const simulator = await startSimulator(await freePort());
  const stack = await startStack(data, await freePort(), simulator.url);
  process.env.WAHANA_E2E_URL = stack.url;
  process.env.WAHANA_E2E_SIM = simulator.url;
  await sim('PUT', '/sim/phones', PEOPLE);
  const people = Object.values(OPERATORS);
  for (const person of people) {
    const answer = await fetch(`${stack.url}/api/v1/auth/register`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(person),
    });
    if (!answer.ok) throw new Error(`${person.email} cannot sign up: ${await answer.text()}`);
  }
  // The first account of an installation operates it; the others are made operators.
  const env = { ...environment(), WAHANA_DATA_DIR: data };
  const promote = ({ email }: (typeof people)[number]) =>
    promisify(execFile)(binary(), ['operators', 'add', email], { env });
  await Promise.all(people.slice(1).map(promote));
  return async () => {
    await stack.stop();
    await simulator.stop();
    rmSync(data, { recursive: true, force: true });
  };
}
