import { PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { register } from '../../api/session';
import { useSessionStatus } from '../../api/useSession';
import type { Language } from '../../i18n';
import { browserZone } from '../../time/useZone';
import { SubmitForm } from '../../ui/SubmitForm';
import { useSubmit } from '../../ui/useSubmit';
import { AuthPage, EmailInput } from './AuthPage';

export default function RegisterScreen() {
  const { t, i18n } = useTranslation('auth');
  const form = useForm({ initialValues: { organization: '', name: '', email: '', password: '' } });
  const sending = useSubmit(
    form,
    async (values) => ({
      data: await register({ ...values, language: i18n.language as Language, time_zone: browserZone }),
    }),
    () => {},
  );
  if (useSessionStatus() === 'in') return <Navigate to="/" replace />;
  return (
    <AuthPage
      title={t('register.title')}
      other={{ ask: t('register.known'), label: t('register.login'), to: '/login' }}
    >
      <SubmitForm sending={sending} label={t('register.submit')} wide>
        <TextInput
          label={t('organization')}
          description={t('organizationHint')}
          autoComplete="organization"
          required
          maxLength={200}
          {...form.getInputProps('organization')}
        />
        <TextInput label={t('name')} autoComplete="name" required maxLength={200} {...form.getInputProps('name')} />
        <EmailInput {...form.getInputProps('email')} />
        <PasswordInput
          label={t('password')}
          description={t('passwordHint')}
          autoComplete="new-password"
          required
          minLength={8}
          {...form.getInputProps('password')}
        />
      </SubmitForm>
    </AuthPage>
  );
}
