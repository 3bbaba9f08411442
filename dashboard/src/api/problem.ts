// One shape for every error: a problem of the API (RFC 9457), or no answer at all.
import type { components } from './schema';

export type Problem = components['schemas']['Problem'];
export type RuleParams = Record<string, components['schemas']['RuleParam']>;

/** What is wrong with one field. Without a rule the problem's code says it all, such as that a name is taken. */
export interface Mistake {
  field: string;
  code: string;
  rule?: string | null;
  params?: RuleParams | null;
  detail: string;
}

/** No answer came: the network is gone, or the server restarts. */
export const OFFLINE = 'offline';

export interface Fault {
  code: string;
  title: string;
  detail: string;
  field?: string | null;
  rule?: string | null;
  params?: RuleParams | null;
  errors?: Mistake[];
  requestId?: string;
  status?: number;
}

function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'code' in error && 'title' in error;
}

export function asFault(error: unknown): Fault {
  if (isProblem(error)) {
    const { code, title, detail, field, rule, params, errors, request_id, status } = error;
    return { code, title, detail, field, rule, params, errors, requestId: request_id, status };
  }
  if (error instanceof TypeError) return { code: OFFLINE, title: '', detail: '' };
  return { code: 'unexpected', title: '', detail: error instanceof Error ? error.message : String(error) };
}

/** All fields that are wrong: the list if the API gives one, or the one field that the problem names. */
export function mistakes({ field, code, rule, params, detail, errors }: Fault): Mistake[] {
  if (errors?.length) return errors;
  return field ? [{ field, code, rule, params, detail }] : [];
}
