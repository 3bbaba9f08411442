import { Group, Paper, SegmentedControl, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import { fieldErrors } from '../../../components/ProblemWords';
import { useZone } from '../../../time/useZone';
import { DownloadButton } from '../../../ui/DownloadButton';
import { Importer } from '../../imports/Importer';
import { type Campaign, one } from '../campaign';
import { useRefreshCampaigns } from '../useCampaignAct';
import { FromContacts } from './FromContacts';
import { StepFoot, type StepProps } from './StepFoot';
import { useSaveDraft } from './useSaveDraft';
import classes from './wizard.module.css';

type Source = 'file' | 'contacts';

/** Audience: files and contacts, as many as needed. */
export default function AudienceStep({ campaign, go }: StepProps) {
  const { t } = useTranslation('campaigns');
  const [source, setSource] = useState<Source>('file');
  const refresh = useRefreshCampaigns();
  return (
    <Stack gap="md">
      <Paper withBorder className={classes.panel}>
        <Stack>
          <NameInput campaign={campaign} />
          <Group justify="space-between" align="flex-end">
            <Title order={2}>{campaign.total > 0 ? t('audience.more') : t('audience.title')}</Title>
            <SegmentedControl
              size="xs"
              aria-label={t('audience.source')}
              value={source}
              onChange={(value) => setSource(value as Source)}
              data={[
                { value: 'file', label: t('audience.file') },
                { value: 'contacts', label: t('audience.contacts') },
              ]}
            />
          </Group>
          {source === 'file' ? (
            <Importer campaign={campaign.id} onChange={() => void refresh()} />
          ) : (
            <FromContacts campaign={campaign} />
          )}
        </Stack>
      </Paper>
      {(campaign.total > 0 || campaign.rejected > 0) && <Standing campaign={campaign} />}
      <StepFoot step="audience" campaign={campaign} go={go} blocked={campaign.total === 0} />
    </Stack>
  );
}

function NameInput({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const save = useSaveDraft(campaign);
  const [name, setName] = useState(campaign.name);
  const [wrong, setWrong] = useState<ReactNode>();
  const leave = async () => {
    setWrong(undefined);
    if (name === campaign.name) return;
    await save({ name }).catch((error: unknown) => setWrong(fieldErrors(error).name ?? t('new.nameWrong')));
  };
  return (
    <TextInput
      label={t('new.name')}
      maw={480}
      maxLength={200}
      value={name}
      error={wrong}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={() => void leave()}
    />
  );
}

/** The audience so far, and refused lines. */
function Standing({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const { language } = useZone();
  const number = new Intl.NumberFormat(language);
  return (
    <Paper withBorder className={classes.standing}>
      <IconUsers size={22} aria-hidden="true" />
      <div className={classes.grow}>
        <Text fw={650} className="tabular">
          {t('audience.standing', { count: campaign.total, people: number.format(campaign.total) })}
        </Text>
        {campaign.rejected > 0 && (
          <Text size="sm" c="dimmed">
            {t('audience.refused', {
              count: campaign.rejected,
              duplicates: number.format(campaign.duplicates),
              suppressed: number.format(campaign.suppressed),
            })}
          </Text>
        )}
      </div>
      {campaign.rejected > 0 && (
        <DownloadButton
          label={t('audience.download')}
          filename={`${campaign.name}-rejects.csv`}
          fetchFile={() => api.GET('/api/v1/campaigns/{id}/rejects', { ...one(campaign.id), parseAs: 'blob' })}
        />
      )}
    </Paper>
  );
}
