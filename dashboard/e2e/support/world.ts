// Before all tests: one stack that they share, who operates it, and how the simulator's people behave.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PEOPLE, sim } from './sim';
import { freePort, startStack } from './stack';

const operator = (language: 'en' | 'id') => ({
  name: 'Sari',
  email: `ops-${language}@wahana.example`,
  password: 'kuda terbang tinggi',
  organization: 'Wahana Ops',
  language,
});

/** Who operates the installation, and in which language. */
export const OPERATORS = { en: operator('en'), id: operator('id') };

export default async function start(): Promise<() => Promise<void>> {
  // Short: sockets lie in it, and their paths are limited.
  const data = mkdtempSync(join(tmpdir(), 'wahana-e2e-'));
  const stack = await startStack(data, await freePort());
  process.env.WAHANA_E2E_URL = stack.url;
  process.env.WAHANA_E2E_SIM = stack.sim;
  await sim('PUT', '/sim/phones', PEOPLE);
  for (const person of Object.values(OPERATORS)) {
    await fetch(`${stack.url}/api/v1/auth/register`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(person),
    });
  }
  // The first account of an installation operates it; the second is made an operator.
  const { DATABASE_URL: _own, REDIS_URL: _too, ...environment } = process.env;
  execFileSync(process.env.WAHANA_BIN ?? '', ['operators', 'add', OPERATORS.id.email], {
    env: { ...environment, WAHANA_DATA_DIR: data },
  });
  return async () => {
    await stack.stop();
    rmSync(data, { recursive: true, force: true });
  };
}
