import { NumberInput, TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Optional, Section } from './PolicyFields';
import type { PolicyForm } from './policyForm';
import classes from './Session.module.css';

/** Smaller caps while a number is new: growing by itself, or one cap for each day. */
export function WarmUp({ form }: { form: PolicyForm }) {
  const { t } = useTranslation('session');
  const warmUp = form.values.policy.warm_up;
  return (
    <Section title={t('pace.warmUp')} hint={t('pace.warmUpHint')}>
      <Optional
        form={form}
        path="warm_up"
        label={t('pace.warmUpOn')}
        whenOn={{ kind: 'growth', first_day: 20, percent: 150, days: 10 }}
      >
        {warmUp?.kind === 'growth' && (
          <div className={classes.pair}>
            <NumberInput label={t('pace.firstDay')} min={0} {...form.getInputProps('policy.warm_up.first_day')} />
            <NumberInput
              label={t('pace.percent')}
              suffix=" %"
              min={100}
              {...form.getInputProps('policy.warm_up.percent')}
            />
            <NumberInput label={t('pace.days')} min={1} {...form.getInputProps('policy.warm_up.days')} />
          </div>
        )}
        {warmUp?.kind === 'list' && (
          <TagsInput
            label={t('pace.dayCaps')}
            description={t('pace.dayCapsHint')}
            allowDuplicates
            value={warmUp.caps.map(String)}
            error={form.errors['policy.warm_up.caps']}
            onChange={(caps) =>
              form.setFieldValue('policy.warm_up', {
                kind: 'list',
                caps: caps.map(Number).filter((cap) => Number.isInteger(cap) && cap >= 0),
              })
            }
          />
        )}
      </Optional>
    </Section>
  );
}
