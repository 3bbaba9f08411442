// What has happened before a test begins, made by the API.
import { randomBytes } from 'node:crypto';
import type { components } from '../../src/api/schema';
import type { Api } from './account';
import { expect } from './test';

/** Sends a text; its id. */
export async function sends(api: Api, session_id: string, to: string, text: string): Promise<string> {
  const body = {
    session_id,
    to,
    content: { type: 'text', text },
    class: 'transactional',
    check_number: 'skip',
  } as const;
  const header = { 'Idempotency-Key': randomBytes(8).toString('hex') };
  return (await api.POST('/api/v1/messages', { params: { header }, body })).data?.id ?? '';
}

/** Waits until a message is that far. */
export async function reaches(api: Api, id: string, state: components['schemas']['MessageState']): Promise<void> {
  const now = async () => (await api.GET('/api/v1/messages/{id}', { params: { path: { id } } })).data?.state;
  await expect.poll(now).toBe(state);
}

/** Waits until what somebody wrote stands in the inbox. */
export async function arrived(api: Api, words: string): Promise<void> {
  const newest = async () => (await api.GET('/api/v1/conversations')).data?.items[0]?.last_message.preview;
  await expect.poll(newest).toBe(words);
}

export interface Person {
  phone: string;
  name: string;
  variables?: Record<string, string>;
}

/** A campaign with its people, as a draft; its id. */
export async function drafted(
  api: Api,
  campaign: { name: string; text: string; session_ids: string[]; people: Person[]; send_at?: string },
): Promise<string> {
  const { name, text, session_ids, people, send_at } = campaign;
  const content = { type: 'text', text } as const;
  const body = { name, content, session_ids, check_number: 'skip', kind: 'marketing', send_at } as const;
  const id = (await api.POST('/api/v1/campaigns', { body })).data?.id ?? '';
  const path = { id };
  await api.POST('/api/v1/campaigns/{id}/recipients', { params: { path }, body: { contacts: people } });
  return id;
}

/** Launches a draft. */
export const launch = (api: Api, id: string) => api.POST('/api/v1/campaigns/{id}/start', { params: { path: { id } } });
