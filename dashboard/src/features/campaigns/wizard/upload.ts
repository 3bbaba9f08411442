import { api } from '../../../api/client';
import type { Model } from '../../../api/types';

export type UploadReport = Model<'UploadView'>;

async function told(call: Promise<{ data?: UploadReport; error?: unknown }>): Promise<UploadReport> {
  const { data, error } = await call;
  if (!data) throw error;
  return data;
}

/** Adds listed people or everybody with a tag, or only tells what would happen. */
export function addPeople(id: string, body: Model<'AddRecipients'>, dry_run: boolean, signal?: AbortSignal) {
  return told(
    api.POST('/api/v1/campaigns/{id}/recipients', { params: { path: { id }, query: { dry_run } }, body, signal }),
  );
}
