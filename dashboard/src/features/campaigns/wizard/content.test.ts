import { expect, test } from 'vitest';
import { type Content, contentOf, valuesOf } from './content';

const media = { id: 'med_1', mimetype: 'image/png', filename: 'a.png' };

test('what the form holds and what the API keeps are each other', () => {
  const all: Content[] = [
    { type: 'text', text: 'Hi {{name}}' },
    { type: 'image', media, caption: 'Look' },
    { type: 'document', media, caption: null },
    { type: 'voice', media },
  ];
  for (const content of all) expect(contentOf(valuesOf(content))).toEqual(content);
});

test('a message without words or file is none yet', () => {
  expect(contentOf({ type: 'text', words: '  ', media: null })).toBeUndefined();
  expect(contentOf({ type: 'image', words: 'x', media: null })).toBeUndefined();
});
