import '@mantine/charts/styles.css';
import { AreaChart } from '@mantine/charts';
import { brief, clock } from '../time/format';
import { useZone } from '../time/useZone';

interface Props {
  /** `at` and a figure for each series; nothing where it is not known. */
  points: Record<string, string | number | null | undefined>[];
  series: { name: string; label: string; color: string }[];
  format: (value: number) => string;
  /** Over several days the labels need the date. */
  days?: boolean;
  /** Beside each other instead of on top of each other: figures that must not be added up. */
  lines?: boolean;
}

/** Figures over time. Say the same in words beside it for screen readers. Load it lazily. */
export default function TimeChart({ points, series, format, days, lines }: Props) {
  const zone = useZone();
  const time = (at: string) => (days ? brief : clock)(new Date(at), zone);
  return (
    <AreaChart
      h={series.length > 1 ? 216 : 170}
      data={points}
      dataKey="at"
      series={series}
      type={series.length > 1 && !lines ? 'stacked' : 'default'}
      curveType="linear"
      withDots={false}
      withGradient={false}
      fillOpacity={lines ? 0.08 : 0.22}
      strokeWidth={1.6}
      gridAxis="x"
      withLegend={series.length > 1}
      // Two rows, for the narrow.
      legendProps={{ verticalAlign: 'bottom', height: 52 }}
      tickLine="none"
      valueFormatter={format}
      yAxisProps={{ width: 56, tickCount: 4 }}
      xAxisProps={{ tickFormatter: time, minTickGap: 56 }}
      // Before anything is pointed at, there is no time.
      tooltipProps={{ labelFormatter: (at) => (at ? time(String(at)) : ''), isAnimationActive: false }}
      areaChartProps={{ accessibilityLayer: false }}
      areaProps={{ isAnimationActive: false }}
      aria-hidden="true"
    />
  );
}
