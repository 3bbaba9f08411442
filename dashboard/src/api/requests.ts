// Requests of the open screen, for "copy as curl". Logins and tokens are never recorded.

export interface Recorded {
  method: string;
  url: string;
  body?: string;
}

const MAX_RECORDED = 20;
let recorded: Recorded[] = [];

export async function record(request: Request): Promise<void> {
  const { method, url } = request;
  if (url.includes('/api/v1/auth/') || url.includes('password')) return;
  const isJson = request.headers.get('content-type')?.includes('json') ?? false;
  const body = isJson && method !== 'GET' ? await request.clone().text() : undefined;
  const others = recorded.filter((each) => each.method !== method || each.url !== url || each.body !== body);
  recorded = [{ method, url, body }, ...others].slice(0, MAX_RECORDED);
}

export const recordedRequests = (): readonly Recorded[] => recorded;

export function forgetRequests(): void {
  recorded = [];
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** The token is left out on purpose: a program uses a key of its own. */
export function asCurl({ method, url, body }: Recorded): string {
  const lines = [`curl -sS ${quoted(url)}`, '  -H "X-Api-Key: $WAHANA_API_KEY"'];
  if (method !== 'GET') lines[0] = `curl -sS -X ${method} ${quoted(url)}`;
  if (body) lines.push(`  --json ${quoted(body)}`);
  return lines.join(' \\\n');
}
