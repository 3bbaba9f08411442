import '@mantine/charts/styles.css';
import { LineChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import type { Model } from '../../../api/types';
import { useZone } from '../../../time/useZone';
import { ChartFrame } from '../../../ui/ChartFrame';
import { FIGURES } from './figures';

const COLOURS: Record<(typeof FIGURES)[number], string> = {
  sent: 'accent.5',
  delivered: 'cyan.6',
  read: 'green.6',
  failed: 'red.6',
  received: 'grape.5',
};

/** One line per figure; dashed where colour alone is not enough. */
export default function StatisticsChart({ days }: { days: Model<'SessionDayView'>[] }) {
  const { t } = useTranslation('session');
  const { language } = useZone();
  const number = new Intl.NumberFormat(language);
  const short = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const label = (date: string) => short.format(new Date(date));
  return (
    <ChartFrame
      label={t('stats.title')}
      head={[t('stats.day'), ...FIGURES.map((name) => t(`stats.${name}`))]}
      rows={days.map((day) => [label(day.date), ...FIGURES.map((name) => number.format(day[name]))])}
    >
      <LineChart
        h={230}
        data={days.map((day) => ({ ...day, date: label(day.date) }))}
        dataKey="date"
        series={FIGURES.map((name) => ({
          name,
          label: t(`stats.${name}`),
          color: COLOURS[name],
          strokeDasharray: name === 'failed' || name === 'received' ? '5 4' : undefined,
        }))}
        valueFormatter={(value) => number.format(value)}
        curveType="monotone"
        withDots={days.length < 15}
        withLegend
        legendProps={{ verticalAlign: 'bottom' }}
        tickLine="none"
        yAxisProps={{ allowDecimals: false }}
        lineChartProps={{ accessibilityLayer: false }}
      />
    </ChartFrame>
  );
}
