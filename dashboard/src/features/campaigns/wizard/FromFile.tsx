import '@mantine/dropzone/styles.css';
import { Button, Group, Loader, Select, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { notifications } from '@mantine/notifications';
import { IconFileSpreadsheet, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useZone } from '../../../time/useZone';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { columnsOf } from '../../contacts/csv';
import type { Campaign } from '../campaign';
import { useRefreshCampaigns } from '../useCampaignAct';
import { Report } from './Report';
import { addFile, type Mapping } from './upload';

/** Drop a list, see what would happen with each line, then add it. */
export function FromFile({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const [file, setFile] = useState<File>();
  const [wrong, setWrong] = useState(false);
  if (file)
    return (
      <Chosen key={file.name + file.lastModified} campaign={campaign} file={file} onLeave={() => setFile(undefined)} />
    );
  return (
    <Stack gap="xs">
      <Dropzone
        multiple={false}
        accept={['text/csv', 'text/plain', '.csv', 'application/vnd.ms-excel']}
        onDrop={(files) => {
          setWrong(false);
          setFile(files[0]);
        }}
        onReject={() => setWrong(true)}
        inputProps={{ 'aria-label': t('audience.drop') }}
        aria-label={t('audience.drop')}
      >
        <Stack align="center" gap={4} py="lg" style={{ pointerEvents: 'none' }}>
          <IconUpload size={30} stroke={1.5} aria-hidden="true" />
          <Text fw={600}>{t('audience.drop')}</Text>
          <Text size="sm" c="dimmed" ta="center">
            {t('audience.dropHint', { example: '{{city}}' })}
          </Text>
        </Stack>
      </Dropzone>
      {wrong && (
        <Text size="sm" c="var(--tone-bad)" role="alert">
          {t('audience.notCsv')}
        </Text>
      )}
    </Stack>
  );
}

function Chosen({ campaign, file, onLeave }: { campaign: Campaign; file: File; onLeave: () => void }) {
  const { t } = useTranslation('campaigns');
  const { language } = useZone();
  const refresh = useRefreshCampaigns();
  const [mapping, setMapping] = useState<Mapping>({});
  const [adding, setAdding] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const key = ['dry-run', campaign.id, campaign.total, file.name, file.size, file.lastModified];
  const report = useQuery({
    queryKey: [...key, mapping],
    queryFn: ({ signal }) => addFile(campaign.id, file, mapping, true, signal),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  });
  const columns = useQuery({ queryKey: [...key, 'columns'], queryFn: () => columnsOf(file) });
  const add = async () => {
    setAdding(true);
    setFailed(undefined);
    try {
      const { accepted } = await addFile(campaign.id, file, mapping, false);
      notifications.show({ message: t('audience.added', { count: accepted }) });
      onLeave();
      await refresh();
    } catch (error) {
      setFailed(error);
    } finally {
      setAdding(false);
    }
  };
  const accepted = report.error ? 0 : (report.data?.accepted ?? 0);
  return (
    <Stack>
      <Group gap="xs">
        <IconFileSpreadsheet size={20} aria-hidden="true" />
        <Text fw={600}>{file.name}</Text>
        <Text size="sm" c="dimmed">
          {new Intl.NumberFormat(language, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 }).format(
            Math.ceil(file.size / 1000),
          )}
        </Text>
        {report.isFetching && <Loader size="xs" aria-label={t('audience.reading')} />}
      </Group>
      <Columns names={columns.data ?? []} mapping={mapping} onChange={setMapping} />
      {report.error && <ProblemAlert error={report.error} onRetry={() => void report.refetch()} />}
      {report.isPending && <Text c="dimmed">{t('audience.reading')}</Text>}
      {report.data && !report.error && <Report report={report.data} />}
      {failed !== undefined && <ProblemAlert error={failed} />}
      <Group>
        <Button onClick={() => void add()} loading={adding} disabled={accepted === 0 || report.isFetching}>
          {t('audience.add', { count: accepted })}
        </Button>
        <Button variant="default" onClick={onLeave}>
          {t('audience.otherFile')}
        </Button>
      </Group>
    </Stack>
  );
}

function Columns({ names, mapping, onChange }: { names: string[]; mapping: Mapping; onChange: (to: Mapping) => void }) {
  const { t } = useTranslation('campaigns');
  if (names.length === 0) return null;
  return (
    <Group align="flex-end">
      <Select
        label={t('audience.phoneColumn')}
        placeholder={t('audience.byName')}
        clearable
        data={names}
        value={mapping.phone_column ?? null}
        onChange={(value) => onChange(value ? { ...mapping, phone_column: value } : {})}
      />
      <Select
        label={t('audience.nameColumn')}
        placeholder={t('audience.byName')}
        clearable
        disabled={!mapping.phone_column}
        data={names.filter((name) => name !== mapping.phone_column)}
        value={mapping.name_column ?? null}
        onChange={(value) => onChange({ ...mapping, name_column: value ?? undefined })}
      />
    </Group>
  );
}
