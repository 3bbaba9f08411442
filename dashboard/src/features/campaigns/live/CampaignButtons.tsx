import { Button } from '@mantine/core';
import { IconCalendarOff, IconCopy, IconPencil, IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Campaign, isLate, isOpen } from '../campaign';
import { type CampaignAct, useCampaignAct } from '../useCampaignAct';
import { useCopyCampaign } from '../useCopyCampaign';

const EndCampaign = lazy(() => import('../EndCampaign'));
const ResumeLate = lazy(() => import('../ResumeLate'));

const MAIN = {
  scheduled: { act: 'unschedule', icon: IconCalendarOff },
  running: { act: 'pause', icon: IconPlayerPause },
  paused: { act: 'resume', icon: IconPlayerPlay },
} as const satisfies Partial<Record<Campaign['state'], unknown>>;

/** Pause, resume, cancel; once it is over, another one like it. */
export function CampaignButtons({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const [ending, setEnding] = useState(false);
  const [late, setLate] = useState(false);
  const [running, setRunning] = useState(false);
  const run = useCampaignAct(campaign);
  const act = async (name: CampaignAct) => {
    setRunning(true);
    await run(name);
    setRunning(false);
  };
  const copy = useCopyCampaign(campaign);
  if (!isOpen(campaign.state)) {
    return (
      <Button variant="default" leftSection={<IconCopy size={16} />} onClick={() => void copy()}>
        {t('act.copy')}
      </Button>
    );
  }
  const main = MAIN[campaign.state as keyof typeof MAIN];
  return (
    <>
      <Button variant="default" c="var(--tone-bad)" leftSection={<IconX size={16} />} onClick={() => setEnding(true)}>
        {t('act.cancel')}
      </Button>
      {campaign.state === 'paused' && (
        <Button
          variant="default"
          leftSection={<IconPencil size={16} />}
          component={Link}
          to={`/campaigns/${campaign.id}/edit?step=message`}
        >
          {t('act.change')}
        </Button>
      )}
      <Button
        leftSection={<main.icon size={16} />}
        loading={running}
        onClick={() => (isLate(campaign) ? setLate(true) : void act(main.act))}
      >
        {t(`act.${main.act}`)}
      </Button>
      <Suspense>{ending && <EndCampaign campaign={campaign} how="cancel" onClose={() => setEnding(false)} />}</Suspense>
      <Suspense>{late && <ResumeLate campaign={campaign} onClose={() => setLate(false)} />}</Suspense>
    </>
  );
}
