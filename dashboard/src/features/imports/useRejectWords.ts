import { useTranslation } from 'react-i18next';

/** Why a line was refused, in words. */
export function useRejectWords(): (code: string, fallback?: string) => string {
  const { t } = useTranslation('contacts');
  return (code, fallback = code) => t(`reject.${code}`, { defaultValue: fallback });
}
