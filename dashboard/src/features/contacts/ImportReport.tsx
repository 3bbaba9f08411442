import { Button, Group, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Model } from '../../api/types';
import { useZone } from '../../time/useZone';
import { saveFile } from '../../ui/saveFile';
import { csvOf } from './csv';
import classes from './ImportScreen.module.css';

type Report = Model<'ContactImportView'>;

/** Result of an import: counts and refused lines. */
export function ImportReport({ report, onAgain }: { report: Report; onAgain: () => void }) {
  const { t } = useTranslation('contacts');
  return (
    <Paper withBorder className={classes.card} role="status">
      <Stack>
        <Title order={2}>{t('report.title')}</Title>
        <div className={classes.figures}>
          <Figure name={t('report.lines')} value={report.total_lines} />
          <Figure name={t('report.added')} value={report.added} />
          <Figure name={t('report.changed')} value={report.changed} />
          <Figure name={t('report.rejected')} value={report.rejected} />
        </div>
        {report.rejected > 0 && <Rejected report={report} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onAgain}>
            {t('report.again')}
          </Button>
          <Button component={Link} to="/contacts">
            {t('report.show')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

function Figure({ name, value }: { name: string; value: number }) {
  const { language } = useZone();
  return (
    <div className={classes.figure}>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Text className={`${classes.value} tabular`}>{new Intl.NumberFormat(language).format(value)}</Text>
    </div>
  );
}

function Rejected({ report }: { report: Report }) {
  const { t } = useTranslation('contacts');
  const reasons = Object.entries(report.by_code).sort(([, a], [, b]) => b - a);
  const save = () => {
    const rows = report.rejects.map(({ line, column, value, code, reason }) => [line, column, value, code, reason]);
    saveFile('rejected-lines.csv', csvOf([['line', 'column', 'value', 'code', 'reason'], ...rows]));
  };
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text size="sm">
          {reasons
            .map(([code, count]) => t('report.reason', { reason: t(`reject.${code}`, { defaultValue: code }), count }))
            .join(' · ')}
        </Text>
        <Button size="compact-sm" variant="default" leftSection={<IconDownload size={15} />} onClick={save}>
          {t('report.download')}
        </Button>
      </Group>
      <Table.ScrollContainer minWidth={520} mah={360}>
        <Table withTableBorder fz="sm" stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('report.line')}</Table.Th>
              <Table.Th>{t('report.column')}</Table.Th>
              <Table.Th>{t('report.value')}</Table.Th>
              <Table.Th>{t('report.why')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {report.rejects.map((reject) => (
              <Table.Tr key={`${reject.line} ${reject.code} ${reject.column}`}>
                <Table.Td className="tabular">{reject.line}</Table.Td>
                <Table.Td>{reject.column ?? '–'}</Table.Td>
                <Table.Td>{reject.value ?? '–'}</Table.Td>
                <Table.Td>{t(`reject.${reject.code}`, { defaultValue: reject.reason })}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {report.rejected > report.rejects.length && (
        <Text size="sm" c="dimmed">
          {t('report.first', { shown: report.rejects.length, count: report.rejected })}
        </Text>
      )}
    </Stack>
  );
}
