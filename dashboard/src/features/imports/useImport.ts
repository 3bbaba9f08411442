import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { Model } from '../../api/types';

export type Import = Model<'ImportView'>;
export type Settings = Model<'ImportSettingsBody'>;

const POLL_MS = 700;
const BUSY = ['checking', 'queued', 'running', 'undoing'];

/** Whether a worker is at it, or will be. */
export const isBusy = (state: Import['state']): boolean => BUSY.includes(state);

const key = (id: string | undefined) => ['get', '/api/v1/imports/{id}', id];

async function told(call: Promise<{ data?: Import; error?: unknown }>): Promise<Import> {
  const { data, error } = await call;
  if (!data) throw error;
  return data;
}

/** Uploads a list; the API says what it is. */
export function upload(file: File, campaign: string | undefined): Promise<Import> {
  const form = new FormData();
  form.set('file', file);
  return told(
    api.POST('/api/v1/imports', {
      params: { query: { campaign_id: campaign } },
      body: { file: file.name },
      bodySerializer: () => form,
    }),
  );
}

/** An import, asked for again while a worker is at it; and what can be done with it. */
export function useImport(id: string | undefined) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: key(id),
    enabled: id !== undefined,
    queryFn: ({ signal }) => told(api.GET('/api/v1/imports/{id}', { params: { path: { id: id as string } }, signal })),
    refetchInterval: ({ state }) => (state.data && isBusy(state.data.state) ? POLL_MS : false),
  });
  const one = { params: { path: { id: id ?? '' } } };
  const keep = (found: Import): Import => {
    client.setQueryData(key(found.id), found);
    return found;
  };
  return {
    query,
    keep,
    change: async (body: Settings) => keep(await told(api.PATCH('/api/v1/imports/{id}', { ...one, body }))),
    check: async (import_id: string) =>
      keep(await told(api.POST('/api/v1/imports/{id}/check', { params: { path: { id: import_id } } }))),
    start: async () => keep(await told(api.POST('/api/v1/imports/{id}/start', one))),
    undo: async () => keep(await told(api.POST('/api/v1/imports/{id}/undo', one))),
    rejects: () => api.GET('/api/v1/imports/{id}/rejects', { ...one, parseAs: 'blob' }),
  };
}
