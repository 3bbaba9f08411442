import { TextInput, type TextInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { zoneName } from '../time/format';
import { useZone } from '../time/useZone';
import { fromWall, toWall } from '../time/wall';

type Props = Omit<TextInputProps, 'value' | 'onChange' | 'type'> & {
  /** An instant as the API writes it, or nothing. */
  value: string | null;
  onChange: (instant: string | null) => void;
};

/** A date with a time, by the clock of the organization's zone, which is named beside it. */
export function TimeInput({ value, onChange, label, ...props }: Props) {
  const { t } = useTranslation('common');
  const zone = useZone();
  const name = zoneName(value ? new Date(value) : new Date(), zone);
  return (
    <TextInput
      {...props}
      type="datetime-local"
      label={t('labelInZone', { label, zone: name })}
      value={value ? toWall(new Date(value), zone.timeZone) : ''}
      onChange={(event) =>
        onChange(event.currentTarget.value ? fromWall(event.currentTarget.value, zone.timeZone).toISOString() : null)
      }
    />
  );
}
