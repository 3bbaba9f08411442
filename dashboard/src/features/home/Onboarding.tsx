import { Button, Paper, Text, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Progress } from '../../ui/Progress';
import classes from './Onboarding.module.css';
import type { Overview } from './useOverview';

/** What the API says of each step, by its name and where it is done. */
const STEPS = [
  { name: 'organization', of: 'organization', to: '/settings' },
  { name: 'pair', of: 'session_paired', to: '/sessions?new' },
  { name: 'message', of: 'message_sent', to: '/messages/new' },
  { name: 'campaign', of: 'campaign_started', to: '/campaigns/new' },
] as const satisfies { name: string; of: keyof Overview['onboarding']; to: string }[];

type Step = (typeof STEPS)[number];

/** Onboarding checklist; hidden when all steps are done. */
export function Onboarding({ done }: { done: Overview['onboarding'] }) {
  const { t } = useTranslation('home');
  const next = STEPS.find((step) => !done[step.of]);
  if (!next) return null;
  return (
    <Paper withBorder className={classes.card} component="section" aria-labelledby="onboarding">
      <div className={classes.head}>
        <div>
          <Title order={2} id="onboarding">
            {t('onboarding.title')}
          </Title>
          <Text c="dimmed" size="sm">
            {t('onboarding.subtitle')}
          </Text>
        </div>
        <div className={classes.progress}>
          <Progress
            done={STEPS.filter((step) => done[step.of]).length}
            total={STEPS.length}
            label={t('onboarding.title')}
          />
        </div>
      </div>
      <ol className={classes.steps}>
        {STEPS.map((step, index) => (
          <StepRow key={step.name} step={step} done={done[step.of]} number={index + 1} next={step === next} />
        ))}
      </ol>
    </Paper>
  );
}

function StepRow({ step, done, number, next }: { step: Step; done: boolean; number: number; next: boolean }) {
  const { t } = useTranslation('home');
  return (
    <li className={classes.step} data-done={done} data-next={next}>
      <span className={classes.mark}>
        {done ? <IconCheck size={15} stroke={2.6} role="img" aria-label={t('onboarding.done')} /> : number}
      </span>
      <div className={classes.words}>
        <Text fw={600}>{t(`onboarding.${step.name}.title`)}</Text>
        {!done && (
          <Text size="sm" c="dimmed">
            {t(`onboarding.${step.name}.detail`)}
          </Text>
        )}
      </div>
      {!done && (
        <Button component={Link} to={step.to} variant={next ? 'filled' : 'default'}>
          {t(`onboarding.${step.name}.action`)}
        </Button>
      )}
    </li>
  );
}
