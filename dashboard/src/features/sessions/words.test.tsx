// What a session or a message waits for, and what to do about its health.
import { expect, test } from 'vitest';
import type { Model, Session } from '../../api/types';
import common from '../../i18n/en/common.json';
import remedies from '../../i18n/en/remedies.json';
import { render } from '../../test/render';
import { Remedy } from './Remedy';
import { WaitingReason } from './WaitingReason';

const waiting = (of: object) => of as Model<'WaitingView'>;
const health = (of: object) => of as Session['health'];

test('a reason without an end is only the reason', () => {
  const { container } = render(<WaitingReason waiting={waiting({ for: 'daily_cap' })} />);
  expect(container.textContent).toBe(common.waiting.daily_cap);
});

test("a reason with an end tells it in the person's zone", () => {
  const { container } = render(
    <WaitingReason waiting={waiting({ for: 'daily_cap', until: '2026-11-23T17:00:00Z' })} />,
  );
  expect(container.textContent).toContain(common.waiting.daily_cap);
  expect(container.textContent).toContain('24 Nov, 00:00');
});

test('a reason that came after these texts is shown as its code', () => {
  const { container } = render(<WaitingReason waiting={waiting({ for: 'full_moon' })} />);
  expect(container.textContent).toBe('full_moon');
});

test('health without a remedy says what the screen wants, or nothing', () => {
  expect(render(<Remedy health={health({ state: 'healthy' })} />).container.textContent).toBe('');
  const fine = render(<Remedy health={health({ state: 'healthy' })} fine="All well" />);
  expect(fine.container.textContent).toBe('All well');
});

test("a remedy is ours where there is one, else the API's", () => {
  const scan = health({ state: 'needs_scan', reason: 'unheard_of', remedy: 'Scan it.' });
  expect(render(<Remedy health={scan} />).container.textContent).toBe(remedies.for.needs_scan.other);
  const strange = health({ state: 'haunted', reason: 'ghost', remedy: 'Call a priest.' });
  expect(render(<Remedy health={strange} />).container.textContent).toBe('Call a priest.');
});
