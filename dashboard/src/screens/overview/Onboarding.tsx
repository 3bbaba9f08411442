import { Button, Paper, Skeleton, Text, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Progress } from '../../components/Progress';
import { useHints } from '../../live/LiveProvider';
import classes from './Onboarding.module.css';
import { type Step, useOnboarding } from './useOnboarding';

/** What to do first. Each step ticks itself off when it has happened; afterwards the list is gone. */
export function Onboarding() {
  const { t } = useTranslation('home');
  useHints(['session', 'message', 'campaign'], '/api/v1/');
  const steps = useOnboarding();
  if (!steps) return <Skeleton h={280} radius="lg" />;
  const done = steps.filter((step) => step.done).length;
  const next = steps.find((step) => !step.done);
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
          <Progress done={done} total={steps.length} label={t('onboarding.title')} />
        </div>
      </div>
      <ol className={classes.steps}>
        {steps.map((step, index) => (
          <StepRow key={step.name} step={step} number={index + 1} next={step === next} />
        ))}
      </ol>
    </Paper>
  );
}

function StepRow({ step, number, next }: { step: Step; number: number; next: boolean }) {
  const { t } = useTranslation('home');
  return (
    <li className={classes.step} data-done={step.done} data-next={next}>
      <span className={classes.mark}>
        {step.done ? <IconCheck size={15} stroke={2.6} role="img" aria-label={t('onboarding.done')} /> : number}
      </span>
      <div className={classes.words}>
        <Text fw={600}>{t(`onboarding.${step.name}.title`)}</Text>
        {!step.done && (
          <Text size="sm" c="dimmed">
            {t(`onboarding.${step.name}.detail`)}
          </Text>
        )}
      </div>
      {!step.done && (
        <Button component={Link} to={step.to} variant={next ? 'filled' : 'default'}>
          {t(`onboarding.${step.name}.action`)}
        </Button>
      )}
    </li>
  );
}
