import { ScrollArea, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Figures } from '../../../ui/Figures';
import type { UploadReport } from './upload';
import classes from './wizard.module.css';

/** Result of adding a list: counts, and each refused line with its reason. */
export function Report({ report }: { report: UploadReport }) {
  const { t } = useTranslation('campaigns');
  const figures: [string, number][] = [
    [t('report.lines'), report.total_lines],
    [t('report.accepted'), report.accepted],
    [t('report.duplicates'), report.duplicates],
    [t('report.suppressed'), report.suppressed],
    [t('report.wrong'), report.rejected - report.duplicates - report.suppressed],
  ];
  return (
    <Stack gap="sm">
      <Figures figures={figures} />
      {report.rejects.length > 0 && <Rejects report={report} />}
    </Stack>
  );
}

function Rejects({ report }: { report: UploadReport }) {
  const { t } = useTranslation('campaigns');
  return (
    <div>
      <Text size="sm" c="dimmed" mb={6}>
        {report.rejected > report.rejects.length
          ? t('report.first', { count: report.rejects.length })
          : t('report.all', { count: report.rejected })}
      </Text>
      <ScrollArea.Autosize mah={260} type="auto" viewportProps={{ tabIndex: 0 }}>
        <Table stickyHeader aria-label={t('report.rejects')} miw={460}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('report.line')}</Table.Th>
              <Table.Th>{t('report.column')}</Table.Th>
              <Table.Th>{t('report.value')}</Table.Th>
              <Table.Th>{t('report.reason')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {report.rejects.map((reject) => (
              <Table.Tr key={`${reject.line} ${reject.column} ${reject.code}`}>
                <Table.Td className="tabular">{reject.line}</Table.Td>
                <Table.Td>{reject.column ?? '–'}</Table.Td>
                <Table.Td className={classes.value}>{reject.value ?? '–'}</Table.Td>
                <Table.Td>{t(`reject.${reject.code}`, { defaultValue: reject.reason })}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </div>
  );
}
