import { useTranslation } from 'react-i18next';

interface Props {
  /** A stable code of a message, a job or an attempt, such as `not_on_whatsapp`. */
  code: string;
  /** The API's own words, for codes that came after these texts. */
  fallback?: string | null;
}

/** The texts come with the first reason that is shown; nobody waits for them with the rest of the screen. */
const LATER = { useSuspense: false } as const;

/** Why something did not get on. */
export function Reason({ code, fallback }: Props) {
  const { t } = useTranslation('reasons', LATER);
  const waiting = t(`common:waiting.${code}`, { defaultValue: fallback ?? code });
  return t(`what.${code}`, { defaultValue: waiting });
}

/** What to do about it; nothing where nothing has to be said. */
export function ReasonMend({ code, fallback }: Props) {
  const { t } = useTranslation('reasons', LATER);
  return t(`mend.${code}`, { defaultValue: fallback ?? '' });
}
