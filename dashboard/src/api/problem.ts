// One shape for every error: a problem of the API (RFC 9457), or no answer at all.
import type { components } from './schema';

export type Problem = components['schemas']['Problem'];

/** No answer came: the network is gone, or the server restarts. */
export const OFFLINE = 'offline';

export interface Fault {
  code: string;
  title: string;
  detail: string;
  field?: string | null;
  errors?: { field: string; code: string; detail: string }[];
  requestId?: string;
  status?: number;
}

function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'code' in error && 'title' in error;
}

export function asFault(error: unknown): Fault {
  if (isProblem(error)) {
    const { code, title, detail, field, errors, request_id, status } = error;
    return { code, title, detail, field, errors, requestId: request_id, status };
  }
  if (error instanceof TypeError) return { code: OFFLINE, title: '', detail: '' };
  return { code: 'unexpected', title: '', detail: error instanceof Error ? error.message : String(error) };
}
