import { useTranslation } from 'react-i18next';
import type { Model } from '../../api/types';
import { StatusBadge, type Tone } from '../../ui/StatusBadge';
import { stateTone } from '../messages/tones';

type State = Model<'JobOrMessageState'>;
type Own = Exclude<State, Model<'MessageState'>>;

const TONES: Record<Own, Tone> = {
  pending: 'wait',
  released: 'busy',
  running: 'busy',
  dead: 'bad',
};

export const JOB_STATES = Object.keys(TONES) as Own[];

/** The state of a job; one that is over has that of its message. */
export function JobState({ state }: { state: State }) {
  const { t } = useTranslation('operations');
  const tone = state in TONES ? TONES[state as Own] : stateTone(state as Model<'MessageState'>);
  return <StatusBadge tone={tone} label={t(`state.${state}`)} />;
}
