import { useTranslation } from 'react-i18next';
import { sentence } from './fieldSentences';

interface Props {
  code: string;
  /** The API's own words. */
  detail: string;
  /** The detail says no more than its code. */
  general: boolean;
}

/** What is wrong with the value of one field. */
export default function FieldMistake({ code, detail, general }: Props) {
  const { t } = useTranslation('problems');
  if (code === 'missing_field') return t('field.missing');
  const known = sentence(detail);
  if (known) return t(`field.${known.name}`, { ...known.figures, example: '{{name}}' });
  if (general) return `${t(`code.${code}.title`)}. ${t(`code.${code}.mend`)}`;
  return <span lang="en">{detail}</span>;
}
