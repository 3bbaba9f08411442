import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Selected rows, by key. */
export interface Selection {
  keys: ReadonlySet<string>;
  onChange: (keys: Set<string>) => void;
}

/** Selects all loaded rows, or none. */
export function SelectAll({ keys, selection }: { keys: string[]; selection: Selection }) {
  const { t } = useTranslation('common');
  const all = keys.every((key) => selection.keys.has(key));
  return (
    <Checkbox
      size="xs"
      aria-label={t('list.selectAll')}
      checked={all}
      indeterminate={!all && selection.keys.size > 0}
      onChange={() => selection.onChange(new Set(all ? [] : keys))}
    />
  );
}

/** Selects one row. */
export function SelectRow({ name, selection }: { name: string; selection: Selection }) {
  const { t } = useTranslation('common');
  const toggle = () => {
    const keys = new Set(selection.keys);
    if (!keys.delete(name)) keys.add(name);
    selection.onChange(keys);
  };
  return <Checkbox size="xs" aria-label={t('list.select')} checked={selection.keys.has(name)} onChange={toggle} />;
}
