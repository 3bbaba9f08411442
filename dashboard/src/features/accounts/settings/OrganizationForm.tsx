import { ColorInput, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { Organization } from '../../../api/types';
import { LANGUAGES } from '../../../i18n';
import { SubmitForm } from '../../../ui/SubmitForm';
import { useSubmit } from '../../../ui/useSubmit';
import { useUnsaved } from '../../../ui/useUnsaved';
import { ZONES } from './zones';

const SWATCHES = ['#0b6e69', '#1c63b7', '#6b3fa0', '#a8325e', '#9a4a00', '#2f6b1f'];

/** What all members share: name, zone of its days, language, colour. */
export function OrganizationForm({ organization, disabled }: { organization: Organization; disabled: boolean }) {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const { name, time_zone, default_country, language, accent_color } = organization;
  const initialValues = { name, time_zone, default_country, language, accent_color: accent_color ?? '' };
  const form = useForm({ initialValues });
  const draft = useUnsaved('organization', form);
  const sending = useSubmit(
    form,
    (values) =>
      api.PATCH('/api/v1/organization', {
        body: { ...values, accent_color: values.accent_color ? values.accent_color.toLowerCase() : null },
      }),
    () => {
      draft.saved();
      form.resetDirty();
      notifications.show({ message: t('saved') });
      void client.invalidateQueries({ queryKey: ['get', '/api/v1/user/profile'] });
    },
  );
  return (
    <SubmitForm sending={sending} label={t('save')} disabled={disabled}>
      <TextInput
        label={t('organization.name')}
        required
        disabled={disabled}
        maxLength={200}
        {...form.getInputProps('name')}
      />
      <Select
        label={t('organization.zone')}
        searchable
        allowDeselect={false}
        limit={60}
        disabled={disabled}
        data={ZONES}
        {...form.getInputProps('time_zone')}
      />
      <TextInput
        label={t('organization.country')}
        description={t('organization.countryHint')}
        maxLength={2}
        disabled={disabled}
        maw={320}
        {...form.getInputProps('default_country')}
      />
      <Select
        label={t('organization.language')}
        allowDeselect={false}
        disabled={disabled}
        data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
        {...form.getInputProps('language')}
      />
      <ColorInput
        label={t('organization.accent')}
        description={t('organization.accentHint')}
        placeholder={t('organization.accentNone')}
        swatches={SWATCHES}
        withEyeDropper={false}
        disabled={disabled}
        maw={320}
        {...form.getInputProps('accent_color')}
      />
    </SubmitForm>
  );
}
