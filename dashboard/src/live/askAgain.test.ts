import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { askAgain } from './askAgain';

const everything = () => true;

test('what changes while the first answer is on its way is asked for again', async () => {
  const client = new QueryClient();
  const told = 'starting';
  let now = told;
  let answers = () => {};
  const first = new Promise<string>((resolve) => {
    answers = () => resolve(told);
  });
  let asked = 0;
  const observer = new QueryObserver(client, {
    queryKey: ['get', '/session'],
    queryFn: () => {
      asked += 1;
      return asked === 1 ? first : now;
    },
  });
  const end = observer.subscribe(() => {});
  now = 'scan';
  const again = askAgain(client, everything);
  answers();
  await again;
  expect(observer.getCurrentResult().data).toBe('scan');
  expect(asked).toBe(2);

  await askAgain(client, everything);
  expect(asked).toBe(3);
  end();
});
