import { beforeEach, expect, test } from 'vitest';
import { asCurl, forgetRequests, record, recordedRequests } from './requests';

beforeEach(forgetRequests);

test('a request becomes a command that a shell reads as one', () => {
  expect(asCurl({ method: 'POST', url: 'http://x/api/v1/messages', body: `{"text":"it's"}` })).toBe(
    `curl -sS -X POST 'http://x/api/v1/messages' \\\n  -H "X-Api-Key: $WAHANA_API_KEY" \\\n  --json '{"text":"it'\\''s"}'`,
  );
});

test('a login is not remembered, a repeated request once', async () => {
  await record(new Request('http://x/api/v1/auth/login', { method: 'POST', body: '{"password":"p"}' }));
  await record(new Request('http://x/api/v1/sessions', { headers: { Authorization: 'Bearer secret' } }));
  await record(new Request('http://x/api/v1/sessions'));
  expect(recordedRequests()).toEqual([{ method: 'GET', url: 'http://x/api/v1/sessions', body: undefined }]);
});
