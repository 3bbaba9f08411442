// A `wahana up` with its own port and data, the simulator, and its end.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

const START_MS = 90_000;

export interface Stack {
  url: string;
  /** Where the simulator is told what people do. */
  sim: string;
  /** As Ctrl-C ends it: the data stays. */
  stop: () => Promise<void>;
}

/** Starts it and waits until it is ready. */
export async function startStack(data: string, port: number): Promise<Stack> {
  const binary = process.env.WAHANA_BIN;
  if (!binary) throw new Error('WAHANA_BIN is not set: run ./wahana e2e');
  const { DATABASE_URL: _own, REDIS_URL: _too, ...environment } = process.env;
  const child = spawn(binary, ['up', '--data', data], {
    env: {
      ...environment,
      WAHANA__HTTP__BIND: `127.0.0.1:${port}`,
      // All tests sign up from one address.
      WAHANA__HTTP__ATTEMPTS_PER_MINUTE: '10000',
      // The tests' own files are on this machine.
      WAHANA__SECURITY__ALLOW_PRIVATE_EGRESS: 'true',
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
  const sim = /WAHA\s+(http:\S+) \(simulator/.exec(said)?.[1] ?? '';
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { url, sim, stop };
}

async function soon(up: () => boolean | Promise<boolean>, dead: () => boolean): Promise<boolean> {
  for (const until = Date.now() + START_MS; Date.now() < until && !dead(); ) {
    if (await up()) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

export function freePort(): Promise<number> {
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
