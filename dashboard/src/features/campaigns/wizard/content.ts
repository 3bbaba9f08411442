import type { Model } from '../../../api/types';

export type Content = Model<'Content'>;
export type ContentType = Content['type'];

export const TYPES: ContentType[] = ['text', 'image', 'video', 'document', 'voice'];

/** What an `<input type=file>` offers for each type. */
export const ACCEPTED: Record<ContentType, string> = {
  text: '',
  image: 'image/jpeg,image/png,image/webp',
  video: 'video/mp4',
  document: '',
  voice: 'audio/ogg,audio/opus,.ogg,.opus',
};

/** What the form of a message holds. */
export interface MessageValues extends Record<string, unknown> {
  type: ContentType;
  words: string;
  media: Model<'MediaRef'> | null;
}

export function valuesOf(content: Content): MessageValues {
  if (content.type === 'text') return { type: 'text', words: content.text, media: null };
  const words = content.type === 'voice' ? '' : (content.caption ?? '');
  return { type: content.type, words, media: content.media };
}

/** Undefined while something is missing. */
export function contentOf({ type, words, media }: MessageValues): Content | undefined {
  if (type === 'text') return words.trim() ? { type, text: words } : undefined;
  if (!media) return undefined;
  return type === 'voice' ? { type, media } : { type, media, caption: words.trim() ? words : null };
}
