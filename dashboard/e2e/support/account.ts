// People of the tests. Each has an organization of their own.
import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import createClient from 'openapi-fetch';
import type { paths } from '../../src/api/schema';
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

/** The API as a program of this person uses it: to arrange what a test is not about, and to check figures. */
export async function apiOf({ email, password }: Person) {
  const api = createClient<paths>({ baseUrl: process.env.WAHANA_E2E_URL });
  const login = await api.POST('/api/v1/auth/login', { body: { email, password } });
  api.use({
    onRequest: ({ request }) => {
      request.headers.set('Authorization', `Bearer ${login.data?.access_token}`);
    },
    onResponse: async ({ response, request }) => {
      if (!response.ok) throw new Error(`${request.method} ${request.url}: ${await response.text()}`);
    },
  });
  return api;
}

/** A connected session, made by the API; its id. */
export async function connected(api: Awaited<ReturnType<typeof apiOf>>, name = 'Front desk'): Promise<string> {
  const made = await api.POST('/api/v1/sessions', { body: { name, start: true } });
  const id = made.data?.id ?? '';
  const status = async () => (await api.GET('/api/v1/sessions/{id}', { params: { path: { id } } })).data?.status;
  await expect.poll(status, { timeout: 30_000 }).toBe('working');
  return id;
}
