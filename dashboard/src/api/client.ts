// The only way to the API. Every request carries the access token, waits for a new one where it has run out, and tells
// whether the server can be reached.
import createClient from 'openapi-fetch';
import createReactQuery from 'openapi-react-query';
import { lost, reached } from './connection';
import { record } from './requests';
import type { paths } from './schema';
import { accessToken, renew } from './session';

const AWAY = [502, 503, 504];

async function attempt(request: Request): Promise<Response> {
  const token = accessToken();
  if (token) request.headers.set('Authorization', `Bearer ${token}`);
  try {
    const response = await fetch(request);
    if (AWAY.includes(response.status)) lost();
    else reached();
    return response;
  } catch (error) {
    if (!request.signal.aborted) lost();
    throw error;
  }
}

/**
 * `fetch` with our credentials. When they have run out it waits until they are renewed, if need be by the person
 * typing the password over the open screen, and then repeats the request: nothing typed is lost.
 */
export async function send(request: Request): Promise<Response> {
  const again = request.clone();
  void record(request.clone());
  const response = await attempt(request);
  if (response.status !== 401) return response;
  await renew();
  return attempt(again);
}

export const api = createClient<paths>({ baseUrl: window.location.origin, fetch: send });

/** The same as TanStack Query hooks: `$api.useQuery('get', '/api/v1/sessions')`. */
export const $api = createReactQuery(api);
