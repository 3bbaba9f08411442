// The programs under test: `wahana up` with its own port and data, and the simulator of WhatsApp.
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';

/** Much longer than a start takes: only a program that hangs is given up. */
const START_MS = 300_000;

export interface Program {
  url: string;
  /** Ends it as Ctrl-C does: the data stays. */
  stop: () => Promise<void>;
}

/** The environment without a database or a Redis of somebody else. */
export function environment(): NodeJS.ProcessEnv {
  const { DATABASE_URL: _own, REDIS_URL: _too, ...rest } = process.env;
  return rest;
}

export function binary(): string {
  const path = process.env.WAHANA_BIN;
  if (!path) throw new Error('WAHANA_BIN is not set: run ./wahana e2e');
  return path;
}

/** Starts an installation and waits until it is ready. Without `waha` it has a simulator of its own. */
export async function startStack(data: string, port: number, waha?: string): Promise<Program> {
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    WAHANA__HTTP__BIND: `127.0.0.1:${port}`,
    // All tests sign up from one address.
    WAHANA__HTTP__ATTEMPTS_PER_MINUTE: '10000',
    // The tests' own files are on this machine.
    WAHANA__SECURITY__ALLOW_PRIVATE_EGRESS: 'true',
    // People ask WhatsApp about a number every few seconds; tests need not.
    WAHANA__NUMBER_CHECKS__GAP_MS: '100',
    WAHANA__SCHEDULER__TICK_MS: '100',
    ...(waha && { WAHANA__WAHA__URL: waha }),
  };
  // It introduces itself when all is started.
  const ready = (said: string) => said.includes('Ctrl-C') && answers(`${url}/readyz`);
  return start(['up', '--data', data], settings, url, ready);
}

/** Starts WhatsApp and WAHA as the simulator plays them. Nobody scans a code there unless a test says so. */
export async function startSimulator(port: number): Promise<Program> {
  const url = `http://127.0.0.1:${port}`;
  const args = ['waha-sim', '--bind', `127.0.0.1:${port}`, '--time-scale', '0.2'];
  return start(args, {}, url, () => answers(`${url}/sim/state`));
}

async function start(
  args: string[],
  settings: NodeJS.ProcessEnv,
  url: string,
  ready: (said: string) => boolean | Promise<boolean>,
): Promise<Program> {
  const child = spawn(binary(), args, { env: { ...environment(), ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const hear = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-100_000);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (!(await isReady(child, () => ready(said)))) {
    child.kill('SIGKILL');
    throw new Error(`\`wahana ${args[0]}\` did not become ready\n${said}`);
  }
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { url, stop };
}

async function isReady(child: ChildProcess, ready: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const until = Date.now() + START_MS; Date.now() < until && child.exitCode === null; ) {
    if (await ready()) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

const answers = (url: string) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

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
