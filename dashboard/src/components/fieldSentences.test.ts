import { expect, test } from 'vitest';
import { sentence } from './fieldSentences';

test('a sentence of the API is known again, with its figures', () => {
  expect(sentence('must have 1 to 100 characters, has 0')).toEqual({
    name: 'length',
    figures: { least: '1', most: '100' },
  });
  expect(sentence('from 100 (no growth) to 1000')).toEqual({
    name: 'between',
    figures: { least: '100', most: '1000' },
  });
  expect(sentence('this { is never closed; close it with } (character 4)')?.name).toBe('choice');
});

test('a new one stays as the API says it', () => {
  expect(sentence('must name a colour of the rainbow')).toBeUndefined();
});
