import { useTranslation } from 'react-i18next';

/** Why a list could not be imported, in words. */
export function useFailureWords(): (code: string, fallback: string) => string {
  const { t } = useTranslation('problems');
  return (code, fallback) => t(`code.${code}.title`, { defaultValue: fallback });
}
