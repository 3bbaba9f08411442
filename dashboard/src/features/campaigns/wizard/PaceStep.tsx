import { Checkbox, Group, Loader, NumberInput, Paper, Select, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { fieldErrors } from '../../../components/ProblemWords';
import { zoneName } from '../../../time/format';
import { useZone } from '../../../time/useZone';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { useUnsaved } from '../../../ui/useUnsaved';
import { HourInput, WallTimeInput } from '../../../ui/WallTime';
import { ForecastPanel } from '../ForecastPanel';
import { changeOf, type PaceValues, valuesOf } from './pace';
import { StepFoot, type StepProps } from './StepFoot';
import { isConflict, useSaveDraft } from './useSaveDraft';
import classes from './wizard.module.css';

const PAUSE_MS = 600;

/** How the API calls the fields of this form. */
const FIELDS: Record<string, string> = {
  send_at: 'send_at',
  'pace.messages_per_hour': 'messages_per_hour',
  'pace.finish_by': 'finish_by',
  'pace.send_window': 'from',
  'pace.send_window.from': 'from',
  'pace.send_window.to': 'to',
};

/** Start, deadline and rate, with a forecast that follows the input. */
export default function PaceStep({ campaign, go }: StepProps) {
  const { t } = useTranslation('campaigns');
  const { timeZone } = useZone();
  const form = useForm<PaceValues>({ initialValues: valuesOf(campaign, timeZone) });
  const draft = useUnsaved(`campaign-pace-${campaign.id}`, form);
  const save = useSaveDraft(campaign);
  const navigate = useNavigate();
  const draftOnly = campaign.state === 'draft';
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const [settled] = useDebouncedValue(form.values, PAUSE_MS);

  const store = async (values: PaceValues): Promise<boolean> => {
    const { pace, send_at } = changeOf(values, timeZone);
    // A campaign that has started keeps its start.
    const change = draftOnly ? { pace, send_at } : { pace };
    const before = changeOf(valuesOf(campaign, timeZone), timeZone);
    if (JSON.stringify({ pace, send_at }) === JSON.stringify({ pace: before.pace, send_at: before.send_at }))
      return true;
    setSaving(true);
    setProblem(undefined);
    form.clearErrors();
    try {
      await save(change);
      draft.saved();
      return true;
    } catch (error) {
      const wrong = Object.entries(fieldErrors(error)).filter(([field]) => FIELDS[field]);
      form.setErrors(Object.fromEntries(wrong.map(([field, detail]) => [FIELDS[field] ?? field, detail])));
      if (wrong.length === 0 && !isConflict(error)) setProblem(error);
      return false;
    } finally {
      setSaving(false);
    }
  };
  const latest = useRef(store);
  latest.current = store;
  useEffect(() => {
    void latest.current(settled);
  }, [settled]);

  const next = async () => {
    if (!(await store(form.values))) return;
    if (draftOnly) go('check');
    else navigate(`/campaigns/${campaign.id}`);
  };
  return (
    <>
      <div className={classes.halves}>
        <Paper withBorder className={classes.panel}>
          <Stack>
            <Title order={2}>{t('pace.title')}</Title>
            <When form={form} startable={draftOnly} />
            <NumberInput
              label={t('pace.perHour')}
              description={t('pace.perHourHint')}
              placeholder={t('pace.noLimit')}
              min={1}
              allowDecimal={false}
              {...form.getInputProps('messages_per_hour')}
            />
            <WindowInputs form={form} />
            {problem !== undefined && <ProblemAlert error={problem} onRetry={() => void store(form.values)} />}
          </Stack>
        </Paper>
        <Paper withBorder className={classes.panel} component="section">
          <Group justify="space-between" mb="sm">
            <Title order={2}>{t('forecast.title')}</Title>
            {saving && <Loader size="xs" aria-label={t('wizard.saving')} />}
          </Group>
          <ForecastPanel campaign={campaign} />
        </Paper>
      </div>
      <StepFoot step="pace" campaign={campaign} go={go} onNext={next} />
    </>
  );
}

type Form = ReturnType<typeof useForm<PaceValues>>;

function When({ form, startable }: { form: Form; startable: boolean }) {
  const { t } = useTranslation('campaigns');
  const zone = useZone();
  const name = zoneName(new Date(), zone);
  return (
    <>
      {startable && (
        <WallTimeInput
          label={t('pace.sendAt')}
          description={t('pace.sendAtHint', { zone: name })}
          {...form.getInputProps('send_at')}
        />
      )}
      <WallTimeInput
        label={t('pace.finishBy')}
        description={t('pace.finishByHint', { zone: name })}
        {...form.getInputProps('finish_by')}
      />
    </>
  );
}

function WindowInputs({ form }: { form: Form }) {
  const { t } = useTranslation('campaigns');
  return (
    <Stack gap="xs">
      <Checkbox
        label={t('pace.window')}
        description={t('pace.windowHint')}
        {...form.getInputProps('window', { type: 'checkbox' })}
      />
      {form.values.window && (
        <Group align="flex-start" gap="sm">
          <HourInput label={t('pace.from')} required {...form.getInputProps('from')} />
          <HourInput label={t('pace.to')} required {...form.getInputProps('to')} />
          <Select
            label={t('pace.clock')}
            allowDeselect={false}
            data={[
              { value: 'recipient', label: t('pace.clockOf.recipient') },
              { value: 'sender', label: t('pace.clockOf.sender') },
            ]}
            {...form.getInputProps('zone')}
          />
        </Group>
      )}
      {form.values.window && form.values.from > form.values.to && (
        <Text size="xs" c="dimmed">
          {t('pace.overnight')}
        </Text>
      )}
    </Stack>
  );
}
