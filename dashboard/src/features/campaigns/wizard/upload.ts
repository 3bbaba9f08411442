import { api } from '../../../api/client';
import type { Model } from '../../../api/types';

export type UploadReport = Model<'UploadView'>;

/** Which columns hold the number and the name; left out, their names tell. */
export interface Mapping {
  phone_column?: string;
  name_column?: string;
}

async function told(call: Promise<{ data?: UploadReport; error?: unknown }>): Promise<UploadReport> {
  const { data, error } = await call;
  if (!data) throw error;
  return data;
}

/** Adds the people of a CSV file, or only tells what would happen. */
export function addFile(id: string, file: File, mapping: Mapping, dry_run: boolean, signal?: AbortSignal) {
  const form = new FormData();
  form.set('file', file);
  return told(
    api.POST('/api/v1/campaigns/{id}/recipients', {
      params: { path: { id }, query: { ...mapping, dry_run } },
      body: { file: file.name },
      bodySerializer: () => form,
      signal,
    }),
  );
}

/** Adds listed people or everybody with a tag, or only tells what would happen. */
export function addPeople(id: string, body: Model<'AddRecipients'>, dry_run: boolean, signal?: AbortSignal) {
  return told(
    api.POST('/api/v1/campaigns/{id}/recipients', { params: { path: { id }, query: { dry_run } }, body, signal }),
  );
}
