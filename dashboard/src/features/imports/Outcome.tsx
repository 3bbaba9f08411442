import { Alert, Group, ScrollArea, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DownloadButton } from '../../ui/DownloadButton';
import { Figures } from '../../ui/Figures';
import classes from './imports.module.css';
import { useFailureWords } from './useFailureWords';
import type { Import } from './useImport';
import { useRejectWords } from './useRejectWords';

interface Props {
  found: Import;
  forContacts: boolean;
  fetchRejects: () => Promise<{ data?: unknown; error?: unknown }>;
}

/** Counts so far, and each refused line with its reason. */
export function Outcome({ found, forContacts, fetchRejects }: Props) {
  const { t } = useTranslation('imports');
  const failure = useFailureWords();
  if (found.error)
    return (
      <Alert color="red" title={t('state.failed')}>
        {failure(found.error.code, found.error.detail)}
      </Alert>
    );
  if (found.state === 'ready') return null;
  const figures: [string, number][] = [
    [t('figure.lines'), found.lines],
    [t('figure.added'), found.added],
    ...(forContacts
      ? ([
          [t('figure.changed'), found.changed],
          [t('figure.merged'), found.merged],
        ] satisfies [string, number][])
      : []),
    [t('figure.rejected'), found.rejected],
    ...(found.state === 'undone' ? ([[t('figure.undone'), found.undone]] satisfies [string, number][]) : []),
  ];
  return (
    <Stack gap="sm">
      <Figures figures={figures} />
      {found.rejected > 0 && <Rejected found={found} fetchRejects={fetchRejects} />}
    </Stack>
  );
}

function Rejected({ found, fetchRejects }: Pick<Props, 'found' | 'fetchRejects'>) {
  const { t } = useTranslation('imports');
  const words = useRejectWords();
  const reasons = Object.entries(found.by_code).sort(([, a], [, b]) => b - a);
  return (
    <div>
      <Group justify="space-between" mb={6}>
        <Text size="sm">{reasons.map(([code, count]) => t('reason', { reason: words(code), count })).join(' · ')}</Text>
        <DownloadButton
          size="compact-sm"
          label={t('download')}
          filename={`${found.file_name ?? 'list'}-rejects.csv`}
          fetchFile={fetchRejects}
        />
      </Group>
      <ScrollArea.Autosize mah={260} type="auto" viewportProps={{ tabIndex: 0 }}>
        <Table stickyHeader aria-label={t('rejects')} miw={460} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('line')}</Table.Th>
              <Table.Th>{t('column')}</Table.Th>
              <Table.Th>{t('value')}</Table.Th>
              <Table.Th>{t('why')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.rejects.map((reject) => (
              <Table.Tr key={`${reject.line} ${reject.column} ${reject.code}`}>
                <Table.Td className="tabular">{reject.line}</Table.Td>
                <Table.Td>{reject.column ?? '–'}</Table.Td>
                <Table.Td className={classes.value}>{reject.value ?? '–'}</Table.Td>
                <Table.Td>{words(reject.code, reject.reason)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      {found.rejected > found.rejects.length && (
        <Text size="sm" c="dimmed">
          {t('first', { shown: found.rejects.length, count: found.rejected })}
        </Text>
      )}
    </div>
  );
}
