import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconRocket } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../../api/client';
import { exact } from '../../../time/format';
import { useZone } from '../../../time/useZone';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { type Campaign, one } from '../campaign';
import { useForecast } from '../ForecastPanel';
import { useRefreshCampaigns } from '../useCampaignAct';

interface Props {
  campaign: Campaign;
  /** The version that was checked; another one is not launched. */
  version: number;
  onClose: () => void;
}

/** Final confirmation, with the number of recipients. */
export default function Launch({ campaign, version, onClose }: Props) {
  const { t } = useTranslation('campaigns');
  const zone = useZone();
  const navigate = useNavigate();
  const refresh = useRefreshCampaigns();
  const late = useForecast(campaign).data?.finishes_before_deadline === false;
  const [acceptLate, setAcceptLate] = useState(false);
  const [running, setRunning] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const launch = async () => {
    setRunning(true);
    setFailed(undefined);
    try {
      const params = { ...one(campaign.id).params, query: { accept_late: acceptLate } };
      const { error } = await api.POST('/api/v1/campaigns/{id}/start', { params, body: { version } });
      if (error) throw error;
      notifications.show({ message: t('launch.done', { name: campaign.name }) });
      await refresh();
      navigate(`/campaigns/${campaign.id}`);
    } catch (problem) {
      setFailed(problem);
      setRunning(false);
    }
  };
  const people = new Intl.NumberFormat(zone.language).format(campaign.total);
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{t('launch.title', { name: campaign.name })}</Text>}>
      <Stack>
        <Text>{t('launch.detail', { count: campaign.total, people, senders: campaign.session_ids.length })}</Text>
        <Text>
          {campaign.send_at ? t('launch.at', { at: exact(new Date(campaign.send_at), zone) }) : t('launch.now')}
        </Text>
        {late && (
          <Checkbox
            label={t('launch.acceptLate')}
            checked={acceptLate}
            onChange={(event) => setAcceptLate(event.currentTarget.checked)}
          />
        )}
        {failed !== undefined && <ProblemAlert error={failed} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button
            leftSection={<IconRocket size={16} />}
            loading={running}
            disabled={late && !acceptLate}
            onClick={() => void launch()}
            data-autofocus
          >
            {campaign.send_at
              ? t('launch.schedule', { count: campaign.total })
              : t('launch.start', { count: campaign.total })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
