// What the compose form holds, and the message that is made of it.
import type { Model } from '../../api/types';
import type { Content, Kind, MediaRef } from './content';

export interface Draft extends Record<string, unknown> {
  /** A session (`ses_...`) or a sender pool (`pool_...`). */
  sender: string | null;
  to: string;
  content: { type: Kind; text: string; link_preview: boolean; caption: string };
  /** Where the file is, unless one was picked: then it is uploaded. */
  link: { url: string; mimetype: string };
  class: Model<'Class'>;
  check_number: Model<'NumberCheckMode'>;
  send_at: string | null;
  expires_at: string | null;
}

export const EMPTY: Draft = {
  sender: null,
  to: '',
  content: { type: 'text', text: '', link_preview: true, caption: '' },
  link: { url: '', mimetype: '' },
  class: 'transactional',
  check_number: 'skip',
  send_at: null,
  expires_at: null,
};

/** What an input for files offers, and what a linked file most likely is. */
export const ACCEPT: Record<Kind, string> = {
  text: '',
  image: 'image/*',
  video: 'video/*',
  document: '',
  voice: 'audio/*',
};
export const MIMETYPE: Record<Kind, string> = {
  text: '',
  image: 'image/jpeg',
  video: 'video/mp4',
  // Looked at when it is fetched.
  document: 'application/octet-stream',
  voice: 'audio/ogg; codecs=opus',
};

export function contentOf({ content }: Draft, media: MediaRef | undefined): Content {
  const { type, text, caption, link_preview } = content;
  if (type === 'text' || !media) return { type: 'text', text, link_preview };
  if (type === 'voice') return { type, media };
  return { type, media, caption: caption || null };
}

export function messageOf(draft: Draft, media: MediaRef | undefined): Model<'SendMessage'> {
  const pool = draft.sender?.startsWith('pool_') ?? false;
  return {
    session_id: pool ? null : draft.sender,
    pool_id: pool ? draft.sender : null,
    to: draft.to.trim(),
    content: contentOf(draft, media),
    class: draft.class,
    check_number: draft.check_number,
    send_at: draft.send_at,
    expires_at: draft.expires_at,
  };
}
