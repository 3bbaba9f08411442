import { useTranslation } from 'react-i18next';
import type { RuleParams } from '../api/problem';

interface Props {
  rule: string;
  params: RuleParams;
  /** The API's own words, for a rule that this version of the dashboard does not know. */
  detail: string;
}

/** What is wrong with the value of one field: the text of the rule that it breaks, with the rule's figures. */
export default function FieldMistake({ rule, params, detail }: Props) {
  const { t } = useTranslation('rules');
  const text = t(`rule.${rule}`, { ...figures(params), example: '{{name}}', defaultValue: '' });
  return text || <span lang="en">{detail}</span>;
}

const figures = (params: RuleParams) =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
