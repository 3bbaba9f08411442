import type { Model } from '../../api/types';

type Named = Pick<Model<'ContactView'>, 'phone' | 'lid'> & { username?: string | null };

/** The person as requests name them: by the number, or by the LID of somebody who hides it. */
export const keyOf = ({ phone, lid }: Named): string => phone ?? lid ?? '';

/** The person as screens show them, where they have no name. */
export const shownAs = ({ phone, username, lid }: Named): string => phone ?? (username ? `@${username}` : (lid ?? ''));
