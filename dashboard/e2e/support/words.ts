// What can be read on a screen, and whether it is all in one language.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect } from './test';

const TEXTS = fileURLToPath(new URL('../../src/i18n/', import.meta.url));

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flat(value, `${prefix}${key}.`),
  );
}

const textsOf = (language: string) =>
  readdirSync(TEXTS + language).flatMap((file) =>
    flat(JSON.parse(readFileSync(`${TEXTS}${language}/${file}`, 'utf8')) as Tree),
  );

const [english, indonesian] = [textsOf('en'), textsOf('id')];
const KEYS = new Set(english.map(([key]) => key).filter((key) => key.includes('.')));
const spoken = { en: new Set(english.map(([, text]) => text)), id: new Set(indonesian.map(([, text]) => text)) };

/** No name of a text instead of the text, and none of the other language. */
export async function inLanguage(page: Page, language: 'en' | 'id'): Promise<void> {
  const seen = await page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) found.push(node.textContent ?? '');
    for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
      for (const element of document.querySelectorAll(`[${name}]`)) found.push(element.getAttribute(name) ?? '');
    return found.map((text) => text.trim()).filter(Boolean);
  });
  const other = spoken[language === 'en' ? 'id' : 'en'];
  const wrong = seen.filter(
    (text) => KEYS.has(text.replace(/^\w+:/, '')) || (other.has(text) && !spoken[language].has(text)),
  );
  expect.soft([...new Set(wrong)], `${page.url()} in ${language}`).toEqual([]);
}
