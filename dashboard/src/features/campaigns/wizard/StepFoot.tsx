import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign } from '../campaign';
import { STEPS, type Step } from './StepList';

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
}) {
  const { t } = useTranslation('campaigns');
  const [leaving, setLeaving] = useState(false);
  const at = STEPS.indexOf(props.step);
  const [before, after] = [STEPS[at - 1], STEPS[at + 1]];
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
        <Button
          loading={leaving}
          disabled={props.blocked}
          onClick={() => {
            if (!props.onNext) return props.go(after);
            setLeaving(true);
            void props.onNext().finally(() => setLeaving(false));
          }}
        >
          {t('wizard.next', { step: t(`step.${after}`) })}
        </Button>
      )}
    </Group>
  );
}
