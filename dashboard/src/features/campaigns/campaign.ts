// Shared by the campaign screens: types, tones of states, funnel counts.
import type { Model } from '../../api/types';
import type { Tone } from '../../ui/StatusBadge';

export type Campaign = Model<'CampaignView'>;
export type CampaignProgress = Model<'ProgressView'>;
export type Forecast = Model<'ForecastView'>;
export type MessageState = Model<'MessageState'>;

const CAMPAIGN: Record<Campaign['state'], Tone> = {
  draft: 'off',
  scheduled: 'wait',
  running: 'busy',
  paused: 'warn',
  finished: 'good',
  cancelled: 'off',
};

export const campaignTone = (state: Campaign['state']): Tone => CAMPAIGN[state] ?? 'warn';

export const CAMPAIGN_STATES = Object.keys(CAMPAIGN) as Campaign['state'][];

/** Not over yet. */
export const isOpen = (state: Campaign['state']) => state === 'scheduled' || state === 'running' || state === 'paused';

/** Its deadline has passed: resuming it has to be confirmed. */
export const isLate = ({ state, pace }: Pick<Campaign, 'state' | 'pace'>, now = new Date()) =>
  state === 'paused' && !!pace.finish_by && new Date(pace.finish_by) <= now;

/** How an operation on one campaign is called. */
export const one = (id: string) => ({ params: { path: { id } } });

export interface Reached {
  sent: number;
  delivered: number;
  read: number;
  failed: number;
  cancelled: number;
  /** Final: sent, failed, or left out on the way. What a cancelled campaign took back is not done. */
  done: number;
}

/** Funnel counts; each stage includes the later ones. */
export function reached({ state, by_state }: Pick<CampaignProgress, 'state' | 'by_state'>): Reached {
  const count = (...states: MessageState[]) => states.reduce((sum, state) => sum + (by_state[state] ?? 0), 0);
  const read = count('read', 'played');
  const delivered = read + count('delivered');
  const sent = delivered + count('sent');
  const failed = count('failed', 'expired');
  const cancelled = count('cancelled');
  return { sent, delivered, read, failed, cancelled, done: sent + failed + (state === 'cancelled' ? 0 : cancelled) };
}
