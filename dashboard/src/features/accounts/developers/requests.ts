import type { Tone } from '../../../ui/StatusBadge';

/** How a request ended, by its HTTP status: well, by a mistake of the client, by one of ours. */
export const statusTone = (status: number): Tone => (status < 400 ? 'good' : status < 500 ? 'warn' : 'bad');
