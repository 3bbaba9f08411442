// WhatsApp as the simulator plays it: who the people are, what they write, what they were sent.

/**
 * Everybody has WhatsApp and reads at once, except whole blocks of numbers, so that a test knows by the number what
 * becomes of a message.
 */
export const PEOPLE = {
  unknown: 0,
  slow: 0,
  off: 0,
  never: 0,
  read: 1,
  reply: 0,
  server_ms: [20, 60],
  device_ms: [80, 200],
  read_ms: [150, 300],
  reply_ms: [200, 400],
  rules: [
    { number: '6281211*', read: false },
    { number: '6281212*', ack: 'server_only' },
    { number: '6281213*', exists: false, ack: 'error' },
  ],
};

/** A number whose owner gets it and reads it; gets it only; whose phone is off; that has no WhatsApp. */
export const who = {
  reads: (n: number) => `+6281210${pad(n)}`,
  gets: (n: number) => `+6281211${pad(n)}`,
  isOff: (n: number) => `+6281212${pad(n)}`,
  hasNone: (n: number) => `+6281213${pad(n)}`,
};

const pad = (n: number) => String(n).padStart(5, '0');

/** What WhatsApp was given. */
export interface Sent {
  chat_id: string;
  text: string;
  kind: string;
}

export async function sim<Answer = void>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${process.env.WAHANA_E2E_SIM}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text ? JSON.parse(text) : undefined) as Answer;
}

/** How the simulator calls a session of ours. */
const nameAtWaha = (session: string) => session.replace('ses_', 'w_');

/** Somebody writes to a session. */
export const writes = (session: string, from: string, text: string, pushName = 'Budi') =>
  sim('POST', '/sim/inbound', { session: nameAtWaha(session), from: from.replace('+', ''), text, pushName });

/** Somebody writes under a LID, and the event tells the number beside it. */
export const writesAs = (session: string, lid: string, phone: string, text: string) =>
  sim('POST', '/sim/emit', {
    session: nameAtWaha(session),
    event: 'message.any',
    payload: {
      id: `false_${lid}_${text.toUpperCase().replace(/\W/g, '')}`,
      timestamp: Math.floor(Date.now() / 1000),
      from: lid,
      fromMe: false,
      body: text,
      hasMedia: false,
      _data: { pushName: 'Budi', key: { remoteJidAlt: `${phone.replace('+', '')}@s.whatsapp.net` } },
    },
  });

/** The simulator's own log of a session: what it was given, and what twice. */
export const logOf = (session: string) =>
  sim<{ total: number; repeatedTexts: unknown[]; sends: Sent[] }>('GET', `/sim/sends?session=${nameAtWaha(session)}`);

/** A phone scans the code of a session; false while there is none. */
export const scans = (session: string, push_name: string) =>
  sim('POST', `/sim/sessions/${nameAtWaha(session)}/scan`, { push_name }).then(
    () => true,
    () => false,
  );
