// Files go up as they are and come down with our credentials, shown from memory: no address of theirs works without.
import { api } from './client';
import type { Model } from './types';

/** Uploads a file and tells what to name it by in a message. */
export async function upload(file: File): Promise<Model<'MediaView'>> {
  const { data, error } = await api.POST('/api/v1/media', {
    params: { query: { filename: file.name } },
    headers: { 'Content-Type': file.type || 'application/octet-stream' },
    // The document calls the bytes a text; they go as they are.
    body: file as unknown as string,
    bodySerializer: (body) => body as unknown as BodyInit,
  });
  if (!data) throw error;
  return data;
}

/** The bytes of a received or an uploaded file. */
export async function download(of: { message: string } | { upload: string }, signal?: AbortSignal): Promise<Blob> {
  const options = { parseAs: 'blob', signal } as const;
  const { data, error } =
    'message' in of
      ? await api.GET('/api/v1/messages/{id}/media', { ...options, params: { path: { id: of.message } } })
      : await api.GET('/api/v1/media/{id}', { ...options, params: { path: { id: of.upload } } });
  if (!data) throw error;
  return data;
}
