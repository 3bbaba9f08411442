// Every screen there is, with something on it: usable by everybody, on a phone as on a desk, in one language.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Api, BRISK, comeBack, connected } from './support/account';
import { drafted, launch, reaches, sends } from './support/arrange';
import { accessible, fits, PHONE, shown, WIDE } from './support/look';
import { who, writes } from './support/sim';
import { expect, test } from './support/test';
import { inLanguage } from './support/words';
import { OPERATORS } from './support/world';

const entries = readFileSync(new URL('../src/app/screens.ts', import.meta.url), 'utf8');
const SCREENS = [...entries.matchAll(/path: '([^']+)'/g)].map((match) => match[1] ?? '');

/** What of a screen stands behind tabs and steps. */
const PARTS: Record<string, string[]> = {
  '/sessions': ['?new'],
  '/sessions/:id': ['?tab=pace', '?tab=history'],
  '/campaigns/:id/edit': ['?step=message', '?step=senders', '?step=pace', '?step=check'],
  '/developers': ['?tab=log', '?tab=acts', '?new'],
  '/operations': ['?tab=lanes', '?tab=jobs', '?tab=dead', '?tab=workers', '?tab=nodes', '?tab=controls', '?tab=acts'],
  '/contacts': ['?new'],
  '/contacts/suppressions': ['?new'],
};

for (const { language, where, size, theme } of [
  { language: 'en', where: 'in English, on a desk', size: WIDE, theme: 'light' },
  { language: 'id', where: 'in Indonesian, on a phone', size: PHONE, theme: 'dark' },
] as const) {
  test(`every screen is for everybody: ${where}`, async ({ page }) => {
    const api = await comeBack(page, OPERATORS[language]);
    const address = await furnished(api);
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: theme });
    for (const screen of SCREENS) {
      for (const part of ['', ...(PARTS[screen] ?? [])]) {
        await test.step(screen + part, async () => {
          await page.goto(address(screen) + part);
          await shown(page);
          await expect(page.locator('html')).toHaveAttribute('lang', language);
          await fits(page);
          await inLanguage(page, language);
          await accessible(page);
        });
      }
    }
  });
}

/** Something on every screen; tells where each then is. */
async function furnished(api: Api): Promise<(screen: string) => string> {
  const some = randomBytes(3).toString('hex');
  const session = await connected(api, `Kasir ${some}`, BRISK);
  const unpaired = await api.POST('/api/v1/sessions', { body: { name: `Baru ${some}`, start: false } });
  const message = await sends(api, session, who.reads(400), 'Pesanan Anda sudah siap diambil.');
  await reaches(api, message, 'read');
  await writes(session, who.reads(400), 'Terima kasih!');
  const people = Array.from({ length: 12 }, (_, n) => ({
    phone: n < 10 ? who.reads(410 + n) : who.hasNone(410 + n),
    name: `Pelanggan ${n}`,
    variables: { kota: 'Bandung' },
  }));
  const campaign = { text: '{Hai|Halo} {{name|kak}}, ada promo di {{kota}}.', session_ids: [session], people };
  const launched = await drafted(api, { name: `Gajian ${some}`, ...campaign });
  await launch(api, launched);
  const draft = await drafted(api, { name: `Lebaran ${some}`, ...campaign });
  const contact = {
    phone: who.reads(430),
    name: 'Citra Lestari',
    tags: ['grosir', 'bandung'],
    attributes: { kota: 'Solo' },
  };
  await api.POST('/api/v1/contacts', { body: contact });
  await api.POST('/api/v1/suppressions', { body: { phone: who.reads(431), reason: 'manual', detail: 'Salah nomor' } });
  await api.POST('/api/v1/user/api-keys', { body: { name: `Toko daring ${some}`, scopes: ['messages:send'] } });
  const ids: Record<string, string> = {
    '/sessions/:id': session,
    '/sessions/:id/pair': unpaired.data?.id ?? '',
    '/campaigns/:id': launched,
    '/campaigns/:id/edit': draft,
    '/messages/:id': message,
  };
  return (screen) => {
    if (screen.includes(':') && !ids[screen]) throw new Error(`furnish ${screen}, which is new`);
    return screen.replace(':id', ids[screen] ?? '');
  };
}
