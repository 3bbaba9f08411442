// Inputs for what a clock shows. The browser's own follow the browser's language, not the chosen one.
import '@mantine/dates/styles.css';
import 'dayjs/locale/en-gb';
import 'dayjs/locale/id';
import { DateTimePicker, type DateTimePickerProps, TimePicker, type TimePickerProps } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useZone } from '../time/useZone';

type WallTimeProps = Omit<DateTimePickerProps, 'type' | 'value' | 'onChange'> & {
  /** `2026-11-23T16:41`, or nothing. */
  value?: string;
  onChange: (wall: string) => void;
};

/** A day with a time. */
export function WallTimeInput({ value, onChange, ...props }: WallTimeProps) {
  const { t } = useTranslation('common');
  const { language } = useZone();
  return (
    <DateTimePicker
      {...props}
      clearable
      leftSection={<IconCalendar size={16} aria-hidden="true" />}
      valueFormat="D MMM YYYY, HH:mm"
      locale={language.toLowerCase()}
      value={value ? `${value.replace('T', ' ')}:00` : null}
      onChange={(at) => onChange(at ? at.slice(0, 16).replace(' ', 'T') : '')}
      timePickerProps={useHourLabels()}
      clearButtonProps={{ 'aria-label': t('calendar.clear') }}
      submitButtonProps={{ 'aria-label': t('calendar.done') }}
      ariaLabels={{
        monthLevelControl: t('calendar.chooseMonth'),
        yearLevelControl: t('calendar.chooseYear'),
        nextMonth: t('calendar.nextMonth'),
        previousMonth: t('calendar.previousMonth'),
        nextYear: t('calendar.nextYear'),
        previousYear: t('calendar.previousYear'),
        nextDecade: t('calendar.nextYears'),
        previousDecade: t('calendar.previousYears'),
      }}
    />
  );
}

/** An hour of every day: `16:41`. */
export function HourInput(props: TimePickerProps) {
  return <TimePicker {...props} {...useHourLabels()} />;
}

function useHourLabels() {
  const { t } = useTranslation('common');
  return { hoursInputLabel: t('calendar.hours'), minutesInputLabel: t('calendar.minutes') };
}
