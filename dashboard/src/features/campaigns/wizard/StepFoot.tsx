import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Campaign } from '../campaign';
import { type Step, stepsOf } from './StepList';

export interface StepProps {
  campaign: Campaign;
  /** Opens another step. */
  go: (step: Step) => void;
}

/** Back and Next, below every step. */
export function StepFoot(props: {
  step: Step;
  go: StepProps['go'];
  /** Saves the step and goes on. Saving by itself while one types does not block the button: a click would be lost. */
  onNext?: () => Promise<void>;
  blocked?: boolean;
  campaign: Campaign;
}) {
  const { t } = useTranslation('campaigns');
  const [leaving, setLeaving] = useState(false);
  const navigate = useNavigate();
  const steps = stepsOf(props.campaign);
  const at = steps.indexOf(props.step);
  const [before, after] = [steps[at - 1], steps[at + 1]];
  const leave = (then: () => void) => {
    if (!props.onNext) return then();
    setLeaving(true);
    void props.onNext().finally(() => setLeaving(false));
  };
  return (
    <Group justify="space-between">
      {before ? (
        <Button variant="default" onClick={() => props.go(before)}>
          {t('wizard.back')}
        </Button>
      ) : (
        <span />
      )}
      {after && (
        <Button loading={leaving} disabled={props.blocked} onClick={() => leave(() => props.go(after))}>
          {t('wizard.next', { step: t(`step.${after}`) })}
        </Button>
      )}
      {!after && props.campaign.state === 'paused' && (
        <Button
          loading={leaving}
          disabled={props.blocked}
          onClick={() => leave(() => navigate(`/campaigns/${props.campaign.id}`))}
        >
          {t('wizard.done')}
        </Button>
      )}
    </Group>
  );
}
