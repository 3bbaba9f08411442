import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Collapse, Table, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useZone } from '../../time/useZone';
import type { Forecast } from './campaign';

const COLOURS = ['accent.5', 'orange.5', 'grape.5', 'cyan.6', 'yellow.6', 'red.5', 'gray.5'];

/** A bar a day, coloured by what keeps that day from holding more; the same as a table for who cannot see it. */
export default function ForecastChart({ days }: { days: Forecast['days'] }) {
  const { t } = useTranslation('campaigns');
  const { language } = useZone();
  const [opened, { toggle }] = useDisclosure();
  const number = new Intl.NumberFormat(language);
  const short = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const reasons = [...new Set(days.map((day) => day.binding))];
  const label = (day: string) => short.format(new Date(day));
  return (
    <div>
      <BarChart
        h={230}
        type="stacked"
        data={days.map((day) => ({ date: label(day.date), [day.binding]: day.messages }))}
        dataKey="date"
        series={reasons.map((reason, index) => ({
          name: reason,
          label: t(`common:waiting.${reason}`),
          color: COLOURS[index % COLOURS.length] ?? 'gray.5',
        }))}
        valueFormatter={(value) => number.format(value)}
        maxBarWidth={48}
        withLegend
        legendProps={{ verticalAlign: 'bottom' }}
        tickLine="none"
        gridAxis="x"
        barChartProps={{ accessibilityLayer: false }}
        aria-hidden="true"
      />
      <UnstyledButton onClick={toggle} aria-expanded={opened} fz="sm" c="dimmed" td="underline">
        {opened ? t('forecast.hideTable') : t('forecast.showTable')}
      </UnstyledButton>
      <Collapse expanded={opened}>
        <Table mt="xs" aria-label={t('forecast.title')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('forecast.day')}</Table.Th>
              <Table.Th ta="right">{t('forecast.messages')}</Table.Th>
              <Table.Th>{t('forecast.binding')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody className="tabular">
            {days.map((day) => (
              <Table.Tr key={day.date}>
                <Table.Td>{label(day.date)}</Table.Td>
                <Table.Td ta="right">{number.format(day.messages)}</Table.Td>
                <Table.Td>{t(`common:waiting.${day.binding}`)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Collapse>
    </div>
  );
}
