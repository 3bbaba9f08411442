import { useTranslation } from 'react-i18next';
import type { Model } from '../../api/types';
import { StatusBadge } from '../../ui/StatusBadge';
import { stateTone } from './tones';

/** State of a message. */
export function StateBadge({ state }: { state: Model<'MessageState'> }) {
  const { t } = useTranslation('messages');
  return <StatusBadge tone={stateTone(state)} label={t(`state.${state}`)} />;
}
