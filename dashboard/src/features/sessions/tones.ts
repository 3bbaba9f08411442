import type { Session } from '../../api/types';
import type { Tone } from '../../ui/StatusBadge';

const STATUS: Record<Session['status'], Tone> = {
  working: 'good',
  starting: 'busy',
  pending: 'busy',
  scan_qr_code: 'wait',
  passkey_required: 'wait',
  stopped: 'off',
  failed: 'bad',
  unknown: 'warn',
};

const HEALTH: Record<Session['health']['state'], Tone> = {
  healthy: 'good',
  degraded: 'warn',
  deaf: 'warn',
  restricted: 'warn',
  needs_scan: 'wait',
  failed: 'bad',
  stopped: 'off',
};

export const statusTone = (session: Pick<Session, 'status'>) => STATUS[session.status] ?? 'warn';
export const toneOfHealth = (health: Session['health']['state']): Tone => HEALTH[health] ?? 'warn';
export const healthTone = (session: Pick<Session, 'health'>) => toneOfHealth(session.health.state);

/** Best first. */
export const HEALTHS = Object.keys(HEALTH) as Session['health']['state'][];

/** Needs a scan; sessions that were paired before are only restarted. */
export const needsPairing = (session: Session) => session.desired === 'running' && STATUS[session.status] === 'wait';
