import { ActionIcon, Menu } from '@mantine/core';
import {
  IconCalendarOff,
  IconCopy,
  IconDots,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconRocket,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Campaign, isLate, isOpen } from './campaign';
import type { End } from './EndCampaign';
import { useCampaignAct } from './useCampaignAct';
import { useCopyCampaign } from './useCopyCampaign';

const EndCampaign = lazy(() => import('./EndCampaign'));
const ResumeLate = lazy(() => import('./ResumeLate'));

/** What can be done with a campaign, in its row of the list. */
export function CampaignMenu({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const [ending, setEnding] = useState<End>();
  const [late, setLate] = useState(false);
  const act = useCampaignAct(campaign);
  const copy = useCopyCampaign(campaign);
  const { state } = campaign;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('act.menu', { name: campaign.name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {state === 'draft' && <DraftItems campaign={campaign} onDelete={() => setEnding('delete')} />}
          {state === 'scheduled' && (
            <Menu.Item leftSection={<IconCalendarOff size={16} />} onClick={() => void act('unschedule')}>
              {t('act.unschedule')}
            </Menu.Item>
          )}
          {state === 'running' && (
            <Menu.Item leftSection={<IconPlayerPause size={16} />} onClick={() => void act('pause')}>
              {t('act.pause')}
            </Menu.Item>
          )}
          {state === 'paused' && (
            <Menu.Item
              leftSection={<IconPlayerPlay size={16} />}
              onClick={() => (isLate(campaign) ? setLate(true) : void act('resume'))}
            >
              {t('act.resume')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void copy()}>
            {t('act.copy')}
          </Menu.Item>
          {isOpen(state) && (
            <Menu.Item color="red" leftSection={<IconX size={16} />} onClick={() => setEnding('cancel')}>
              {t('act.cancel')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {ending && <EndCampaign campaign={campaign} how={ending} onClose={() => setEnding(undefined)} />}
      </Suspense>
      <Suspense>{late && <ResumeLate campaign={campaign} onClose={() => setLate(false)} />}</Suspense>
    </>
  );
}

function DraftItems({ campaign, onDelete }: { campaign: Campaign; onDelete: () => void }) {
  const { t } = useTranslation('campaigns');
  return (
    <>
      <Menu.Item component={Link} to={`/campaigns/${campaign.id}/edit`} leftSection={<IconPencil size={16} />}>
        {t('act.edit')}
      </Menu.Item>
      {campaign.total > 0 && (
        <Menu.Item
          component={Link}
          to={`/campaigns/${campaign.id}/edit?step=check`}
          leftSection={<IconRocket size={16} />}
        >
          {t('act.start')}
        </Menu.Item>
      )}
      <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={onDelete}>
        {t('act.delete')}
      </Menu.Item>
    </>
  );
}
