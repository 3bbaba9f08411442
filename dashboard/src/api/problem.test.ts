import { expect, test } from 'vitest';
import { asFault, mistakes } from './problem';

const base = { type: '', title: 'A field has a wrong value', status: 422, instance: '', request_id: 'r', detail: 'd' };

test('a problem of one field is one mistake, with the rule and its figures', () => {
  const fault = asFault({
    ...base,
    code: 'invalid_field',
    field: 'name',
    rule: 'too_long',
    params: { max: 9, actual: 10 },
  });
  expect(mistakes(fault)).toEqual([
    { field: 'name', code: 'invalid_field', rule: 'too_long', params: { max: 9, actual: 10 }, detail: 'd' },
  ]);
});

test('a problem of several fields lists each once', () => {
  const errors = ['name', 'text'].map((field) => ({
    field,
    code: 'invalid_field',
    rule: 'blank',
    params: {},
    detail: 'd',
  }));
  const fault = asFault({ ...base, code: 'invalid_field', field: 'name', rule: 'blank', params: {}, errors });
  expect(mistakes(fault)).toEqual(errors);
  expect(mistakes(asFault({ ...base, code: 'not_found' }))).toEqual([]);
});
