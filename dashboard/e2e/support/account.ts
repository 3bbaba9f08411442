// People of the tests. Each has an organization of their own.
import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import createClient from 'openapi-fetch';
import type { components, paths } from '../../src/api/schema';
import { scans } from './sim';
import { expect } from './test';

export interface Person {
  name: string;
  email: string;
  password: string;
  organization: string;
}

export function somebody(organization = 'Toko Ana'): Person {
  const email = `ana-${randomBytes(5).toString('hex')}@toko.example`;
  return { name: 'Ana', email, password: 'kuda terbang tinggi', organization };
}

/** Signs up as people do, and ends at Home. */
export async function signUp(page: Page, person = somebody()): Promise<Person> {
  await page.goto('/register');
  await page.getByLabel('Organization').fill(person.organization);
  await page.getByLabel('Your name').fill(person.name);
  await page.getByLabel('Email').fill(person.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(person.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: `Hello, ${person.name}` })).toBeVisible();
  return person;
}

const AS_DASHBOARD = { 'X-Wahana-Client': 'dashboard' };

/** Signs up without the form, for tests that are about something else. The browser is logged in; opens nothing. */
export async function arrive(page: Page, person = somebody()) {
  const answer = await page.request.post('/api/v1/auth/register', { headers: AS_DASHBOARD, data: person });
  expect(answer.ok(), await answer.text()).toBe(true);
  return comeBack(page, person);
}

/** The same for who has an account. */
export async function comeBack(page: Page, { email, password }: Pick<Person, 'email' | 'password'>): Promise<Api> {
  const answer = await page.request.post('/api/v1/auth/login', { headers: AS_DASHBOARD, data: { email, password } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return client(new URL(answer.url()).origin, ((await answer.json()) as { access_token: string }).access_token);
}

/** The API as a program of this person uses it, as another device: to arrange what a test is not about. */
export async function apiOf({ email, password }: Pick<Person, 'email' | 'password'>): Promise<Api> {
  const baseUrl = process.env.WAHANA_E2E_URL ?? '';
  const login = await createClient<paths>({ baseUrl }).POST('/api/v1/auth/login', { body: { email, password } });
  return client(baseUrl, login.data?.access_token ?? '');
}

export type Api = ReturnType<typeof client>;

function client(baseUrl: string, token: string) {
  const api = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });
  api.use({
    onResponse: async ({ response, request }) => {
      if (!response.ok) throw new Error(`${request.method} ${request.url}: ${await response.text()}`);
    },
  });
  return api;
}

type Policy = components['schemas']['PacingPolicy'];

/** A pace for tests: hardly any pause, no cap. */
export const BRISK = pace(2, 10);

/** A pause between two messages, in milliseconds, and otherwise what the API takes for granted. */
export function pace(gap_min_ms: number, gap_max_ms: number) {
  return { gap_min_ms, gap_max_ms, daily_cap: null } as Policy;
}

/** A connected session, made by the API; its id. Without a policy it keeps the pace that people are advised. */
export async function connected(api: Api, name = 'Front desk', policy?: Policy): Promise<string> {
  const made = await api.POST('/api/v1/sessions', { body: { name, start: true, policy } });
  const id = made.data?.id ?? '';
  await expect.poll(() => scans(id, name)).toBe(true);
  const status = async () => (await api.GET('/api/v1/sessions/{id}', { params: { path: { id } } })).data?.status;
  await expect.poll(status).toBe('working');
  return id;
}
