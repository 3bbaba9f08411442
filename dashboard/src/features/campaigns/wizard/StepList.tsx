import { UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Campaign } from '../campaign';
import classes from './wizard.module.css';

export const STEPS = ['audience', 'message', 'senders', 'pace', 'check'] as const;
export type Step = (typeof STEPS)[number];

/** What can still change: of a paused campaign all but its people. The last step of a draft checks it. */
export const stepsOf = ({ state }: Pick<Campaign, 'state'>): readonly Step[] =>
  state === 'draft' ? STEPS : ['message', 'senders', 'pace'];

/** Steps of the wizard. All can be opened at any time; the last one lists what is missing. */
export function StepList({ current, campaign, go }: { current: Step; campaign: Campaign; go: (step: Step) => void }) {
  const { t } = useTranslation('campaigns');
  const steps = stepsOf(campaign);
  const at = steps.indexOf(current);
  const done = (step: Step) => (step === 'audience' ? campaign.total > 0 : steps.indexOf(step) < at);
  return (
    <nav aria-label={t('wizard.steps')}>
      <ol className={classes.steps}>
        {steps.map((step, index) => (
          <li key={step}>
            <UnstyledButton
              className={classes.step}
              aria-current={step === current ? 'step' : undefined}
              onClick={() => go(step)}
            >
              <span className={classes.number} data-done={done(step) && step !== current}>
                {done(step) && step !== current ? <IconCheck size={14} stroke={2.6} aria-hidden="true" /> : index + 1}
              </span>
              <span className={classes.stepName}>{t(`step.${step}`)}</span>
            </UnstyledButton>
          </li>
        ))}
      </ol>
    </nav>
  );
}
