import { Button, Group, NumberInput, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { Session } from '../../../api/types';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { useSubmit } from '../../../ui/useSubmit';
import { useUnsaved } from '../../../ui/useUnsaved';
import { DayPreview } from './DayPreview';
import { Cap, Optional, Seconds, Section, Span } from './PolicyFields';
import type { PolicyForm } from './policyForm';
import classes from './Session.module.css';
import { WarmUp } from './WarmUp';

/** Form for the pace of a session; problems appear at their inputs. */
export default function PolicyEditor({ session }: { session: Session }) {
  const { t } = useTranslation('session');
  const client = useQueryClient();
  const form = useForm({ initialValues: { policy: session.policy } });
  const draft = useUnsaved(`policy-${session.id}`, form);
  const { submit, running, error } = useSubmit(
    form,
    (body) => api.PATCH('/api/v1/sessions/{id}', { params: { path: { id: session.id } }, body }),
    (changed) => {
      draft.saved();
      form.setInitialValues({ policy: changed.policy });
      form.setValues({ policy: changed.policy });
      notifications.show({ message: t('pace.saved') });
      void client.invalidateQueries({ queryKey: ['get', '/api/v1/sessions/{id}'] });
    },
  );
  return (
    <div className={classes.pace}>
      <form onSubmit={submit} className={classes.form}>
        {error !== undefined && <ProblemAlert error={error} />}
        <Pauses form={form} />
        <Caps form={form} />
        <Hours form={form} />
        <WarmUp form={form} />
        <Group className={classes.save}>
          <Button type="submit" loading={running} disabled={!form.isDirty()}>
            {t('pace.save')}
          </Button>
          {form.isDirty() && (
            <Button
              variant="default"
              onClick={() => {
                form.reset();
                draft.saved();
              }}
            >
              {t('pace.discard')}
            </Button>
          )}
        </Group>
      </form>
      <DayPreview id={session.id} policy={form.values.policy} />
    </div>
  );
}

function Pauses({ form }: { form: PolicyForm }) {
  const { t } = useTranslation('session');
  return (
    <Section title={t('pace.pauses')} hint={t('pace.pausesHint')}>
      <div className={classes.pair}>
        <Seconds label={t('pace.gapMin')} {...form.getInputProps('policy.gap_min_ms')} />
        <Seconds label={t('pace.gapMax')} {...form.getInputProps('policy.gap_max_ms')} />
      </div>
      <Optional
        form={form}
        path="breaks"
        label={t('pace.breaks')}
        whenOn={{ every: 20, min_ms: 120_000, max_ms: 300_000 }}
      >
        <div className={classes.pair}>
          <NumberInput label={t('pace.breaksEvery')} min={1} {...form.getInputProps('policy.breaks.every')} />
          <Seconds label={t('pace.breaksMin')} {...form.getInputProps('policy.breaks.min_ms')} />
          <Seconds label={t('pace.breaksMax')} {...form.getInputProps('policy.breaks.max_ms')} />
        </div>
      </Optional>
      <Optional form={form} path="typing" label={t('pace.typing')} whenOn={{ chars_per_minute: 200, max_ms: 15_000 }}>
        <div className={classes.pair}>
          <NumberInput
            label={t('pace.typingSpeed')}
            min={1}
            {...form.getInputProps('policy.typing.chars_per_minute')}
          />
          <Seconds label={t('pace.typingMax')} {...form.getInputProps('policy.typing.max_ms')} />
        </div>
      </Optional>
    </Section>
  );
}

function Caps({ form }: { form: PolicyForm }) {
  const { t } = useTranslation('session');
  return (
    <Section title={t('pace.caps')} hint={t('pace.capsHint')}>
      <div className={classes.pair}>
        <Cap form={form} path="daily_cap" label={t('pace.daily')} />
        <Cap form={form} path="hourly_cap" label={t('pace.hourly')} />
        <Cap form={form} path="new_chats_per_day" label={t('pace.newChats')} />
        <NumberInput
          label={t('pace.share')}
          suffix=" %"
          min={0}
          max={100}
          {...form.getInputProps('policy.hi_share_percent')}
        />
      </div>
    </Section>
  );
}

function Hours({ form }: { form: PolicyForm }) {
  const { t } = useTranslation('session');
  return (
    <Section title={t('pace.hours')} hint={t('pace.hoursHint')}>
      <Span form={form} path="send_window" label={t('pace.window')} whenOn={{ from: '08:00', to: '20:00' }} />
      <Span form={form} path="quiet_hours" label={t('pace.quiet')} whenOn={{ from: '21:00', to: '07:00' }} />
      <TextInput
        label={t('pace.zone')}
        description={<Text span>{t('pace.zoneHint')}</Text>}
        list="time-zones"
        maw={320}
        {...form.getInputProps('policy.time_zone')}
      />
      <datalist id="time-zones">
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </Section>
  );
}
