import { Select, TextInput, useMantineColorScheme } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { Model } from '../../../api/types';
import { chooseLanguage, LANGUAGES } from '../../../i18n';
import { SubmitForm } from '../../../ui/SubmitForm';
import { useSubmit } from '../../../ui/useSubmit';
import { useUnsaved } from '../../../ui/useUnsaved';
import { ZONES } from './zones';

/** Name, language, zone and theme; they follow the person to other devices. */
export function ProfileForm({ user }: { user: Model<'UserView'> }) {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const { setColorScheme } = useMantineColorScheme();
  const { name, language = null, time_zone = null, theme } = user;
  const form = useForm({ initialValues: { name, language, time_zone, theme } });
  const draft = useUnsaved('profile', form);
  const sending = useSubmit(
    form,
    (body) => api.PUT('/api/v1/user/profile', { body }),
    (saved) => {
      draft.saved();
      form.resetDirty();
      if (saved.language) chooseLanguage(saved.language);
      setColorScheme(saved.theme === 'system' ? 'auto' : saved.theme);
      notifications.show({ message: t('saved') });
      void client.invalidateQueries({ queryKey: ['get', '/api/v1/user/profile'] });
    },
  );
  return (
    <SubmitForm sending={sending} label={t('save')}>
      <TextInput label={t('profile.name')} required maxLength={200} {...form.getInputProps('name')} />
      <Select
        label={t('profile.language')}
        placeholder={t('profile.asOrganization')}
        clearable
        data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
        {...form.getInputProps('language')}
      />
      <Select
        label={t('profile.zone')}
        placeholder={t('profile.asOrganization')}
        searchable
        clearable
        limit={60}
        data={ZONES}
        {...form.getInputProps('time_zone')}
      />
      <Select
        label={t('profile.theme')}
        allowDeselect={false}
        data={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(`theme.${value}`) }))}
        {...form.getInputProps('theme')}
      />
    </SubmitForm>
  );
}
