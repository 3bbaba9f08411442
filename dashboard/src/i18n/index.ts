// Texts: one file per screen and language (`en/sessions.json`), loaded with the screen.
import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { fetched } from '../api/fetched';

export const LANGUAGES = { en: 'English', id: 'Bahasa Indonesia' } as const;
export type Language = keyof typeof LANGUAGES;

const STORED = 'wahana-language';
const files = import.meta.glob<{ default: Record<string, unknown> }>('./*/*.json');

const backend: BackendModule = {
  type: 'backend',
  init() {},
  read(language, space, done) {
    const load = files[`./${language}/${space}.json`];
    if (!load) return done(new Error(`no texts ${language}/${space}`), false);
    fetched(`${language}/${space}`, load).then(
      (file) => done(null, file.default),
      (error: Error) => done(error, false),
    );
  },
};

function initial(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === 'en' || stored === 'id') return stored;
  return navigator.languages.some((each) => each.startsWith('id')) ? 'id' : 'en';
}

export async function startTexts(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: initial(),
      fallbackLng: false,
      supportedLngs: Object.keys(LANGUAGES),
      ns: ['common'],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(STORED, language);
  void i18next.changeLanguage(language);
}
