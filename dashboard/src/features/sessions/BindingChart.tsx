import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import type { Model } from '../../api/types';
import { useZone } from '../../time/useZone';
import { ChartFrame } from '../../ui/ChartFrame';

const COLOURS = ['accent.5', 'orange.5', 'grape.5', 'cyan.6', 'yellow.6', 'red.5', 'gray.5'];

interface Span {
  /** Label of the day or hour. */
  label: string;
  messages: number;
  binding: Model<'WaitingFor'>;
}

interface Props {
  label: string;
  /** Header of the column of spans. */
  unit: string;
  spans: Span[];
  height?: number;
}

/** One bar per day or hour, coloured by what limits it. */
export default function BindingChart({ label, unit, spans, height = 230 }: Props) {
  const { t } = useTranslation('common');
  const { language } = useZone();
  const number = new Intl.NumberFormat(language);
  // Spans without messages have no bar, so their reason needs no colour.
  const reasons = [...new Set(spans.filter((span) => span.messages > 0).map((span) => span.binding))];
  return (
    <ChartFrame
      label={label}
      head={[unit, t('chart.messages'), t('chart.binding')]}
      words={[2]}
      rows={spans.map((span) => [span.label, number.format(span.messages), t(`waiting.${span.binding}`)])}
    >
      <BarChart
        h={height}
        type="stacked"
        data={spans.map((span) => ({ span: span.label, [span.binding]: span.messages }))}
        dataKey="span"
        series={reasons.map((reason, index) => ({
          name: reason,
          label: t(`waiting.${reason}`),
          color: COLOURS[index % COLOURS.length] ?? 'gray.5',
        }))}
        valueFormatter={(value) => number.format(value)}
        maxBarWidth={48}
        withLegend
        legendProps={{ verticalAlign: 'bottom' }}
        tickLine="none"
        gridAxis="x"
        yAxisProps={{ allowDecimals: false }}
        barChartProps={{ accessibilityLayer: false }}
      />
    </ChartFrame>
  );
}
