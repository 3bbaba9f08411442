import type { Model } from '../../api/types';

export type Conversation = Model<'ConversationView'>;

/** What the chat is called: a name, else a number, else WhatsApp's own id. */
export const titleOf = ({ name, phone, chat_id }: Conversation) => name ?? phone ?? chat_id;
