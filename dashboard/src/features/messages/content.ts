// What a message says, whichever type it is. Received files are of the type `media`, which cannot be sent.
import type { Model } from '../../api/types';

export type Message = Model<'MessageView'>;
export type Content = Model<'Content'>;
export type Kind = Content['type'];
export type MediaRef = Model<'MediaRef'>;

export const KINDS: Kind[] = ['text', 'image', 'video', 'document', 'voice'];

export const words = (content: Content): string =>
  ('text' in content ? content.text : 'caption' in content ? content.caption : '') ?? '';

export const mediaOf = (content: Content): MediaRef | undefined => ('media' in content ? content.media : undefined);

/** How a file is shown: by what it is said to be. */
export function mediaKind(mimetype: string | null | undefined): 'image' | 'video' | 'audio' | 'file' {
  const kind = mimetype?.split('/')[0];
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'file';
}

export const person = (message: { phone?: string | null; chat_id: string }) => message.phone ?? message.chat_id;

/** States in which a message can be cancelled. */
export const canCancel = (message: Message) =>
  message.direction === 'outbound' && ['accepted', 'scheduled', 'queued'].includes(message.state);
