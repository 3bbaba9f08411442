import type { Model } from '../../api/types';

export type Conversation = Model<'ConversationView'>;

/** What the chat is called: a name, else a number, else WhatsApp's own id. */
export const titleOf = ({ name, phone, username, chat_id }: Conversation) =>
  name ?? phone ?? (username ? `@${username}` : chat_id);

/** The person as requests name them: by the number, or by the chat of somebody who hides it. */
export const keyOf = ({ phone, chat_id }: Conversation) => phone ?? chat_id;

/** Whether WhatsApp shows a LID instead of this person's number, and nobody has told which number it is. */
export const isHidden = ({ phone, chat_id }: Conversation) => !phone && chat_id.endsWith('@lid');
