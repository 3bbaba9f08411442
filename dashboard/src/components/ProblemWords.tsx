import { Code, Text } from '@mantine/core';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { asFault, type Fault, type Mistake, mistakes, OFFLINE } from '../api/problem';

const FieldMistake = lazy(() => import('./FieldMistake'));

/** Their detail is always the API's general one, which our words say already; that of all others tells of the case. */
const GENERAL = new Set(
  (
    'unauthenticated token_expired wrong_credentials invalid_refresh_token refresh_token_reused invalid_signature ' +
    'user_required owner_required operator_required cross_origin signup_closed wrong_session not_found no_such_route ' +
    'email_taken name_taken no_recipients nobody_left no_sender no_member too_broad weak_password waha_unavailable ' +
    'idempotency_key_reused rate_limited internal unavailable outcome_unknown timeout'
  ).split(' '),
);

/** The texts come with the first problem that is shown; nobody waits for them with the rest of the screen. */
const LATER = { useSuspense: false } as const;

/** What a problem is called, in the user's language. One that is new to us keeps the API's own words. */
export function ProblemTitle({ fault }: { fault: Fault }) {
  const { t, ready } = useTranslation('problems', LATER);
  if (fault.code === OFFLINE) return t('common:problem.offline');
  if (!ready) return null;
  return t(`code.${fault.code}.title`, { defaultValue: fault.title || t('common:problem.unexpected') });
}

/** What it means and what to do; below that, where it tells more, what the API says in English. */
export function ProblemText({ fault }: { fault: Fault }) {
  const { t, ready } = useTranslation('problems', LATER);
  if (fault.code === OFFLINE) return <Text size="sm">{t('common:problem.offlineDetail')}</Text>;
  if (!ready) return null;
  const mend = t(`code.${fault.code}.mend`, { defaultValue: '' });
  return (
    <>
      {mend && <Text size="sm">{mend}</Text>}
      <Details fault={fault} general={mend !== '' && GENERAL.has(fault.code)} />
    </>
  );
}

function Details({ fault, general }: { fault: Fault; general: boolean }) {
  if (fault.errors?.length) return fault.errors.map((each) => <OfField key={each.field + each.detail} {...each} />);
  if (fault.field && fault.rule) return mistakes(fault).map((one) => <OfField key={one.field} {...one} />);
  if (general || !fault.detail) return null;
  if (fault.field) return mistakes(fault).map((one) => <OfField key={one.field} {...one} />);
  return (
    <Text size="xs" lang="en">
      {fault.detail}
    </Text>
  );
}

const OfField = (mistake: Mistake) => (
  <Text size="sm" component="div">
    <Code>{mistake.field}</Code> <Words {...mistake} />
  </Text>
);

const Words = ({ code, rule, params, detail }: Mistake) =>
  rule ? (
    <Suspense>
      <FieldMistake rule={rule} params={params ?? {}} detail={detail} />
    </Suspense>
  ) : (
    <CodeWords code={code} detail={detail} />
  );

/** A field whose value breaks no rule, but cannot be taken: the words of the code, or what the API says of the case. */
function CodeWords({ code, detail }: Pick<Mistake, 'code' | 'detail'>) {
  const { t, ready } = useTranslation('problems', LATER);
  if (!ready) return null;
  if (GENERAL.has(code)) return `${t(`code.${code}.title`)}. ${t(`code.${code}.mend`)}`;
  return <span lang="en">{detail}</span>;
}

/** The problem's words by the name of the input they belong to, as `form.setErrors` wants them. */
export function fieldErrors(error: unknown): Record<string, ReactNode> {
  return Object.fromEntries(mistakes(asFault(error)).map((one) => [one.field, <Words key={one.field} {...one} />]));
}
