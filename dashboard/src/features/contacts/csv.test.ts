import { expect, test } from 'vitest';
import { csvField } from './csv';

test('no spreadsheet runs what we write', () => {
  expect(csvField('=1+1')).toBe("'=1+1");
  expect(csvField('+62+1')).toBe("'+62+1");
  expect(csvField('+6281234567890')).toBe('+6281234567890');
  expect(csvField('a "b", c')).toBe('"a ""b"", c"');
  expect(csvField(null)).toBe('');
});
