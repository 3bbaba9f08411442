import { useRef } from 'react';
import { api } from '../../api/client';
import { IdempotencyKeys } from '../../api/idempotency';
import { upload } from '../../api/media';
import type { Model } from '../../api/types';
import type { MediaRef } from './content';
import { type Draft, MIMETYPE, messageOf } from './draft';

/** Uploads each file once and sends each message once, however often it is tried. */
export function useSend() {
  const keys = useRef(new IdempotencyKeys());
  const uploaded = useRef<{ file: File; media: Model<'MediaView'> }>(undefined);

  const mediaOf = async (draft: Draft, file: File | null): Promise<MediaRef | undefined> => {
    if (draft.content.type === 'text') return undefined;
    if (!file) return { url: draft.link.url.trim(), mimetype: draft.link.mimetype || MIMETYPE[draft.content.type] };
    if (uploaded.current?.file !== file) uploaded.current = { file, media: await upload(file) };
    const { id, mimetype, filename } = uploaded.current.media;
    return { id, mimetype, filename };
  };

  return async (draft: Draft, file: File | null) => {
    const body = messageOf(draft, await mediaOf(draft, file));
    const header = { 'Idempotency-Key': keys.current.of(body) };
    const result = await api.POST('/api/v1/messages', { params: { header }, body });
    if (result.data) keys.current.done();
    return result;
  };
}
