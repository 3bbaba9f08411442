import { Button, Group } from '@mantine/core';
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
  onNext?: () => void;
  busy?: boolean;
  blocked?: boolean;
}) {
  const { t } = useTranslation('campaigns');
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
          loading={props.busy}
          disabled={props.blocked}
          onClick={() => (props.onNext ? props.onNext() : props.go(after))}
        >
          {t('wizard.next', { step: t(`step.${after}`) })}
        </Button>
      )}
    </Group>
  );
}
