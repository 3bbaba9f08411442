// Who is logged in. The access token lives in this module's memory and nowhere else; the refresh token is a cookie that
// no script can read. Tabs refresh one after the other and tell each other who left.

import type { Problem } from './problem';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Status = 'starting' | 'in' | 'expired' | 'out';

/** Renew this long before the token ends, so that nobody waits for it. */
const EARLY_MS = 60_000;

let token: string | undefined;
let status: Status = 'starting';
let timer: ReturnType<typeof setTimeout> | undefined;
let renewing: Promise<void> | undefined;
let waiting: { resolve: () => void; reject: (reason: unknown) => void }[] = [];

const listeners = new Set<() => void>();
const tabs = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('wahana-session');

export const session = {
  status: () => status,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

export const accessToken = () => token;

function become(next: Status): void {
  status = next;
  for (const listener of listeners) listener();
}

async function post(path: string, body?: unknown): Promise<Response> {
  return fetch(`/api/v1/auth/${path}`, {
    method: 'POST',
    headers: {
      'X-Wahana-Client': 'dashboard',
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

async function accept(response: Response): Promise<void> {
  if (!response.ok) throw (await response.json()) as Problem;
  const tokens = (await response.json()) as Schemas['TokensView'];
  token = tokens.access_token;
  clearTimeout(timer);
  timer = setTimeout(() => void renew().catch(() => {}), Math.max(tokens.expires_in * 1000 - EARLY_MS, 5000));
  become('in');
  for (const each of waiting) each.resolve();
  waiting = [];
}

export async function login(body: Schemas['Login']): Promise<void> {
  token = undefined;
  await accept(await post('login', body));
  tabs?.postMessage('in');
}

/** The server does not tell whether the address had an account; then only the password of that one logs in. */
export async function register(body: Schemas['Register']): Promise<void> {
  token = undefined;
  const response = await post('register', body);
  if (!response.ok) throw (await response.json()) as Problem;
  await login({ email: body.email, password: body.password });
}

export async function logout(): Promise<void> {
  await post('logout').catch(() => undefined);
  leave();
  tabs?.postMessage('out');
}

function leave(): void {
  token = undefined;
  clearTimeout(timer);
  for (const each of waiting) each.reject(new Error('logged out'));
  waiting = [];
  become('out');
}

/** One tab at a time: a refresh token is good once. */
const alone = (work: () => Promise<void>) =>
  navigator.locks ? navigator.locks.request('wahana-refresh', work) : work();

async function refresh(): Promise<void> {
  const response = await post('refresh');
  if (response.ok) return accept(response);
  if (response.status >= 500 || response.status === 429) throw (await response.json()) as Problem;
  token = undefined;
  become(status === 'starting' || status === 'out' ? 'out' : 'expired');
}

/** Outside of the lock: another tab must not wait for this one's person. */
async function refreshed(): Promise<void> {
  await alone(refresh);
  if (status === 'expired') await new Promise<void>((resolve, reject) => waiting.push({ resolve, reject }));
}

/** A new access token. Ends when there is one: at once, or when the person has logged in again. */
export function renew(): Promise<void> {
  renewing ??= refreshed().finally(() => {
    renewing = undefined;
  });
  return renewing;
}

/** The cookie of an earlier visit may still be good. While the server does not answer, nobody is logged out. */
export async function start(): Promise<void> {
  while (status === 'starting') {
    await renew().catch(() => new Promise((resolve) => setTimeout(resolve, 2000)));
  }
}

tabs?.addEventListener('message', ({ data }) => {
  if (data === 'out' && status !== 'out') leave();
  if (data === 'in' && status === 'expired')
    void post('refresh').then((response) => (response.ok ? accept(response) : undefined));
  if (data === 'in' && status === 'out') void renew().catch(() => {});
});
