import type { Model } from '../../api/types';
import type { Tone } from '../../ui/StatusBadge';

type State = Model<'MessageState'>;

const STATE: Record<State, Tone> = {
  accepted: 'wait',
  scheduled: 'wait',
  queued: 'wait',
  sending: 'busy',
  unknown: 'warn',
  sent: 'busy',
  delivered: 'good',
  read: 'good',
  played: 'good',
  failed: 'bad',
  expired: 'warn',
  cancelled: 'off',
  received: 'good',
};

export const STATES = Object.keys(STATE) as State[];

/** How good a message's state is. */
export const stateTone = (state: State): Tone => STATE[state] ?? 'warn';
