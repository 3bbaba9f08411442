import { $api } from '../../api/client';

export interface Step {
  name: 'organization' | 'pair' | 'message' | 'campaign';
  done: boolean;
  to: string;
}

const FEW = { params: { query: { limit: 1 } } };

/** The first steps, each detected by what is there. Undefined until it is known. */
export function useOnboarding(): Step[] | undefined {
  const sessions = $api.useQuery('get', '/api/v1/sessions', { params: { query: { limit: 50 } } });
  const messages = $api.useQuery('get', '/api/v1/messages', FEW);
  const campaigns = $api.useQuery('get', '/api/v1/campaigns', FEW);
  if (!sessions.data || !messages.data || !campaigns.data) return undefined;
  return [
    { name: 'organization', done: true, to: '/' },
    { name: 'pair', done: sessions.data.items.some((session) => session.phone), to: '/sessions?new' },
    { name: 'message', done: messages.data.items.length > 0, to: '/messages' },
    { name: 'campaign', done: campaigns.data.items.length > 0, to: '/campaigns' },
  ];
}
