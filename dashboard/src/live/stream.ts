// Reads `text/event-stream` with fetch, because EventSource cannot send our token.
import { send } from '../api/client';

export interface LiveEvent {
  event: string;
  data: string;
}

/** Splits what has arrived into whole events and the rest. */
export function split(text: string): { events: LiveEvent[]; rest: string } {
  const blocks = text.replaceAll('\r\n', '\n').split('\n\n');
  const rest = blocks.pop() ?? '';
  const events = blocks.flatMap((block) => {
    let event = 'message';
    const data: string[] = [];
    for (const line of block.split('\n')) {
      if (line.startsWith('event:')) event = line.slice(6).trim();
      if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
    }
    return data.length > 0 ? [{ event, data: data.join('\n') }] : [];
  });
  return { events, rest };
}

export class StreamRefused extends Error {
  constructor(readonly status: number) {
    super(`the stream was answered ${status}`);
  }
}

/** Tells every event until the stream ends. `alive` is called whenever anything arrives, comments too. */
export async function listen(
  path: string,
  signal: AbortSignal,
  onEvent: (event: LiveEvent) => void,
  alive: () => void,
): Promise<void> {
  const request = new Request(path, { headers: { Accept: 'text/event-stream' }, signal });
  const response = await send(request);
  if (!response.ok || !response.body) throw new StreamRefused(response.status);
  alive();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let pending = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    alive();
    const { events, rest } = split(pending + value);
    pending = rest;
    for (const event of events) onEvent(event);
  }
}
