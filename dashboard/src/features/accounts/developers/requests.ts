import type { Tone } from '../../../ui/StatusBadge';

/** Tone of an HTTP status: success, client error, server error. */
export const statusTone = (status: number): Tone => (status < 400 ? 'good' : status < 500 ? 'warn' : 'bad');
