import { PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Navigate, useSearchParams } from 'react-router';
import { login } from '../../api/session';
import { useSessionStatus } from '../../api/useSession';
import { SubmitForm } from '../../ui/SubmitForm';
import { useSubmit } from '../../ui/useSubmit';
import { AuthPage, EmailInput } from './AuthPage';

/** Only addresses of this app: a link must not send people elsewhere after they logged in. */
const inside = (next: string | null) => (next?.startsWith('/') && !next.startsWith('//') ? next : '/');

export default function LoginScreen() {
  const { t } = useTranslation('auth');
  const [search] = useSearchParams();
  const form = useForm({ initialValues: { email: '', password: '' } });
  const sending = useSubmit(
    form,
    async (values) => ({ data: await login(values) }),
    () => {},
  );
  if (useSessionStatus() === 'in') return <Navigate to={inside(search.get('next'))} replace />;
  return (
    <AuthPage title={t('login.title')} other={{ ask: t('login.new'), label: t('login.register'), to: '/register' }}>
      <SubmitForm sending={sending} label={t('login.submit')} wide>
        <EmailInput {...form.getInputProps('email')} />
        <PasswordInput
          label={t('password')}
          autoComplete="current-password"
          required
          {...form.getInputProps('password')}
        />
      </SubmitForm>
    </AuthPage>
  );
}
