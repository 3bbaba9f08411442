// Starts `wahana up` once for all tests: own port, own data, the simulator; ends it, with its data, afterwards.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_MS = 90_000;

export default async function start(): Promise<() => Promise<void>> {
  const binary = process.env.WAHANA_BIN;
  if (!binary) throw new Error('WAHANA_BIN is not set: run ./wahana e2e');
  // Short: sockets lie in it, and their paths are limited.
  const data = mkdtempSync(join(tmpdir(), 'wahana-e2e-'));
  const port = await freePort();
  const { DATABASE_URL: _own, REDIS_URL: _too, ...environment } = process.env;
  const child = spawn(binary, ['up', '--data', data], {
    env: {
      ...environment,
      WAHANA__HTTP__BIND: `127.0.0.1:${port}`,
      // All tests sign up from one address.
      WAHANA__HTTP__ATTEMPTS_PER_MINUTE: '10000',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const hear = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-100_000);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));

  const url = `http://127.0.0.1:${port}`;
  // It introduces itself when all is started.
  const up = () => said.includes('Ctrl-C') && fetch(`${url}/readyz`).then(({ ok }) => ok);
  if (!(await soon(up, () => child.exitCode !== null))) {
    child.kill('SIGKILL');
    throw new Error(`\`wahana up\` did not become ready\n${said}`);
  }
  process.env.WAHANA_E2E_URL = url;
  process.env.WAHANA_E2E_SIM = /WAHA\s+(http:\S+) \(simulator/.exec(said)?.[1] ?? '';

  return async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
}

async function soon(up: () => boolean | Promise<boolean>, dead: () => boolean): Promise<boolean> {
  for (const until = Date.now() + START_MS; Date.now() < until && !dead(); ) {
    if (await up()) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
