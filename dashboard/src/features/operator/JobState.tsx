import { useTranslation } from 'react-i18next';
import type { Model } from '../../api/types';
import { StatusBadge, type Tone } from '../../ui/StatusBadge';
import { stateTone } from '../messages/tones';

export const JOB_STATES = ['pending', 'released', 'running', 'dead'] as const;
const TONES: Record<(typeof JOB_STATES)[number], Tone> = {
  pending: 'wait',
  released: 'busy',
  running: 'busy',
  dead: 'bad',
};

/** The state of a job; one that is over has that of its message. */
export function JobState({ state }: { state: string }) {
  const { t } = useTranslation('operations');
  const own = JOB_STATES.find((each) => each === state);
  if (own) return <StatusBadge tone={TONES[own]} label={t(`state.${own}`)} />;
  const over = state as Model<'MessageState'>;
  return <StatusBadge tone={stateTone(over)} label={t(`state.${over}`)} />;
}
