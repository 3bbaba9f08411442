import { NumberInput, Paper, Select, Stack, Switch, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Model } from '../../../api/types';
import { HourInput } from '../../../ui/WallTime';
import type { PolicyForm } from './policyForm';
import classes from './Session.module.css';

type Policy = Model<'PacingPolicy'>;

export function Section({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <Paper withBorder component="section" className={classes.card}>
      <div>
        <Title order={2}>{title}</Title>
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      </div>
      {children}
    </Paper>
  );
}

interface SecondsProps {
  label: string;
  value?: number;
  onChange?: (ms: number) => void;
  error?: ReactNode;
}

/** Milliseconds in the data, seconds on screen. */
export function Seconds({ label, value = 0, onChange, error }: SecondsProps) {
  const { t } = useTranslation('session');
  return (
    <NumberInput
      label={label}
      error={error}
      suffix={t('pace.seconds')}
      min={0}
      decimalScale={1}
      value={value / 1000}
      onChange={(seconds) => onChange?.(Math.round(Number(seconds) * 1000))}
    />
  );
}

/** A number, or nothing for no cap. */
export function Cap({
  form,
  path,
  label,
}: {
  form: PolicyForm;
  path: 'daily_cap' | 'hourly_cap' | 'new_chats_per_day';
  label: string;
}) {
  const { t } = useTranslation('session');
  return (
    <NumberInput
      label={label}
      placeholder={t('pace.noCap')}
      min={0}
      thousandSeparator
      error={form.errors[`policy.${path}`]}
      value={form.values.policy[path] ?? ''}
      onChange={(value) => form.setFieldValue(`policy.${path}`, value === '' ? null : Number(value))}
    />
  );
}

type Part = 'breaks' | 'typing' | 'send_window' | 'quiet_hours' | 'warm_up';

/** A part of the policy that can be left out. */
export function Optional<P extends Part>({
  form,
  path,
  label,
  whenOn,
  children,
}: {
  form: PolicyForm;
  path: P;
  label: string;
  whenOn: NonNullable<Policy[P]>;
  children: ReactNode;
}) {
  const on = form.values.policy[path] != null;
  const turn = (checked: boolean) =>
    form.setValues({ policy: { ...form.values.policy, [path]: checked ? whenOn : null } });
  return (
    <Stack gap="xs">
      <Switch label={label} checked={on} onChange={(event) => turn(event.currentTarget.checked)} />
      {form.errors[`policy.${path}`] && (
        <Text size="sm" c="var(--tone-bad)">
          {form.errors[`policy.${path}`]}
        </Text>
      )}
      {on && children}
    </Stack>
  );
}

/** A daily span of hours on somebody's clock. */
export function Span({
  form,
  path,
  label,
  whenOn,
}: {
  form: PolicyForm;
  path: 'send_window' | 'quiet_hours';
  label: string;
  whenOn: Model<'DayWindow'>;
}) {
  const { t } = useTranslation('session');
  return (
    <Optional form={form} path={path} label={label} whenOn={whenOn}>
      <div className={classes.pair}>
        <HourInput label={t('pace.from')} {...form.getInputProps(`policy.${path}.from`)} />
        <HourInput label={t('pace.to')} {...form.getInputProps(`policy.${path}.to`)} />
        <Select
          label={t('pace.clock')}
          allowDeselect={false}
          data={[
            { value: 'sender', label: t('pace.sender') },
            { value: 'recipient', label: t('pace.recipient') },
          ]}
          {...form.getInputProps(`policy.${path}.zone`)}
          value={form.values.policy[path]?.zone ?? 'sender'}
        />
      </div>
    </Optional>
  );
}
