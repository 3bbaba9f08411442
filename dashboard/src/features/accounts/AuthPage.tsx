import { Anchor, SegmentedControl, Stack, Text, TextInput, type TextInputProps, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { chooseLanguage, LANGUAGES, type Language } from '../../i18n';
import { Brand } from '../../ui/Brand';
import classes from './AuthPage.module.css';

interface Props {
  title: string;
  children: ReactNode;
  /** Where to go instead. */
  other: { ask: string; label: string; to: string };
}

/** Layout of login and sign-up: the form, and the benefits beside it. */
export function AuthPage({ title, children, other }: Props) {
  const { t, i18n } = useTranslation('auth');
  useEffect(() => {
    document.title = `${title} · Wahana`;
  }, [title]);
  return (
    <div className={classes.page}>
      <main className={classes.form}>
        <Brand />
        <Stack gap="lg" className={classes.inner}>
          <Title order={1}>{title}</Title>
          {children}
          <Text size="sm" c="dimmed">
            {other.ask}{' '}
            <Anchor component={Link} to={other.to} underline="always">
              {other.label}
            </Anchor>
          </Text>
        </Stack>
        <SegmentedControl
          size="xs"
          aria-label={t('language')}
          value={i18n.language}
          onChange={(value) => chooseLanguage(value as Language)}
          data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
        />
      </main>
      <aside className={classes.promise}>
        <div className={classes.lanes} aria-hidden="true">
          {[34, 78, 52, 91, 22, 64].map((part) => (
            <span key={part} style={{ inlineSize: `${part}%` }} />
          ))}
        </div>
        <p className={classes.claim}>{t('claim')}</p>
        <ul>
          <li>{t('promise.once')}</li>
          <li>{t('promise.pace')}</li>
          <li>{t('promise.yours')}</li>
        </ul>
      </aside>
    </div>
  );
}

/** The form. */
export function EmailInput(props: TextInputProps) {
  const { t } = useTranslation('auth');
  return <TextInput label={t('email')} type="email" autoComplete="username" required {...props} />;
}
