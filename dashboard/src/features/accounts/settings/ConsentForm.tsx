import { Skeleton, Switch, TagsInput, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { $api, api } from '../../../api/client';
import type { Model } from '../../../api/types';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { SubmitForm } from '../../../ui/SubmitForm';
import { useSubmit } from '../../../ui/useSubmit';
import { useUnsaved } from '../../../ui/useUnsaved';

type Settings = Model<'ConsentSettingsView'>;

const PATH = '/api/v1/consent-settings';
const MAX_WORDS = 50;

/** What opt-outs mean, how they are answered, and whether bulk messages need a consent. */
export default function ConsentForm({ disabled }: { disabled: boolean }) {
  const { data, error, refetch } = $api.useQuery('get', PATH);
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={220} />;
  return <Form settings={data} disabled={disabled} />;
}

function Form({ settings, disabled }: { settings: Settings; disabled: boolean }) {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const words = settings.words ?? [];
  const of = (intent: 'opt_out' | 'opt_in') => words.filter((word) => word.intent === intent).map((word) => word.words);
  const form = useForm({
    initialValues: {
      marketing_only: settings.opt_out_scope === 'marketing',
      opt_out_confirmation: settings.opt_out_confirmation ?? '',
      opt_in_confirmation: settings.opt_in_confirmation ?? '',
      bulk_needs_consent: settings.bulk_needs_consent,
      out: of('opt_out'),
      back: of('opt_in'),
    },
  });
  const draft = useUnsaved('consent', form);
  const scopes = new Map(words.map((word) => [word.words, word.scope]));
  const sending = useSubmit(
    form,
    ({ marketing_only, out, back, ...rest }) =>
      api.PUT(PATH, {
        body: {
          bulk_needs_consent: rest.bulk_needs_consent,
          opt_out_scope: marketing_only ? 'marketing' : 'all',
          opt_out_confirmation: rest.opt_out_confirmation.trim() || null,
          opt_in_confirmation: rest.opt_in_confirmation.trim() || null,
          // The scope of a word that was set by the API stays.
          words: [
            ...out.map((text) => ({
              words: text,
              intent: 'opt_out' as const,
              scope: scopes.get(text) ?? (marketing_only ? ('marketing' as const) : ('all' as const)),
            })),
            ...back.map((text) => ({ words: text, intent: 'opt_in' as const, scope: 'all' as const })),
          ],
        },
      }),
    () => {
      draft.saved();
      form.resetDirty();
      notifications.show({ message: t('saved') });
      void client.invalidateQueries({ queryKey: ['get', PATH] });
    },
  );
  return (
    <SubmitForm sending={sending} label={t('save')} disabled={disabled}>
      <Switch
        label={t('consent.needed')}
        description={t('consent.neededHint')}
        disabled={disabled}
        {...form.getInputProps('bulk_needs_consent', { type: 'checkbox' })}
      />
      <Switch
        label={t('consent.marketingOnly')}
        description={t('consent.marketingOnlyHint')}
        disabled={disabled}
        {...form.getInputProps('marketing_only', { type: 'checkbox' })}
      />
      <TagsInput
        label={t('consent.out')}
        description={t('consent.outHint')}
        maxTags={MAX_WORDS}
        disabled={disabled}
        {...form.getInputProps('out')}
      />
      <TagsInput label={t('consent.back')} maxTags={MAX_WORDS} disabled={disabled} {...form.getInputProps('back')} />
      <Textarea
        label={t('consent.outConfirmation')}
        description={t('consent.confirmationHint')}
        autosize
        maxLength={1000}
        disabled={disabled}
        {...form.getInputProps('opt_out_confirmation')}
      />
      <Textarea
        label={t('consent.backConfirmation')}
        autosize
        maxLength={1000}
        disabled={disabled}
        {...form.getInputProps('opt_in_confirmation')}
      />
    </SubmitForm>
  );
}
