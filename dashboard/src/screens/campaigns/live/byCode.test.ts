import { expect, test } from 'vitest';
import { byCode } from './byCode';

test('the most frequent reason comes first, with somebody it hit', () => {
  const people = [
    { phone: '+1', error_code: 'rejected' },
    { phone: '+2', error_code: 'not_on_whatsapp' },
    { phone: '+3', error_code: 'not_on_whatsapp' },
    { phone: '+4', error_code: null },
  ];
  expect(byCode(people)).toEqual([
    { code: 'not_on_whatsapp', count: 2, example: '+2' },
    { code: 'rejected', count: 1, example: '+1' },
    { code: 'unknown', count: 1, example: '+4' },
  ]);
});
