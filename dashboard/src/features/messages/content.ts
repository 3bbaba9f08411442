// What a message says, whichever type it is. What WhatsApp told has an `origin`, and may be of types that cannot be sent.
import type { Model } from '../../api/types';

export type Message = Model<'MessageView'>;
export type Content = Model<'Content'>;
export type Kind = Content['type'];
export type MediaRef = Model<'MediaRef'>;

export const KINDS: Kind[] = ['text', 'image', 'video', 'document', 'voice'];

/** Its words; for what has none, what stands for them, such as the name of a place. */
export function words(content: Message['content']): string {
  switch (content.type) {
    case 'location':
      return content.name ?? content.address ?? `${content.latitude}, ${content.longitude}`;
    case 'contacts':
      return content.contacts.map(({ name, phones }) => name ?? phones.join(' ')).join(', ');
    case 'poll':
      return [content.question, ...content.options].join('\n');
    case 'reaction':
      return content.emoji;
    case 'deleted':
      return '';
    default:
      return ('text' in content ? content.text : 'caption' in content ? content.caption : '') ?? '';
  }
}

/** The file that was given to be sent; received ones are in `message.media`. */
export const mediaOf = (content: Message['content']): MediaRef | undefined =>
  !('origin' in content) && 'media' in content ? content.media : undefined;

/** How a file is shown: by what it is said to be. */
export function mediaKind(mimetype: string | null | undefined): 'image' | 'video' | 'audio' | 'file' {
  const kind = mimetype?.split('/')[0];
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'file';
}

export const person = (message: { phone?: string | null; chat_id: string }) => message.phone ?? message.chat_id;

/** States in which a message can be cancelled. */
export const canCancel = (message: Message) =>
  message.direction === 'outbound' && ['accepted', 'scheduled', 'queued'].includes(message.state);
