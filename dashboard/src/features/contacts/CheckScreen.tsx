import { Button, Group, Paper, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconZoomCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api } from '../../api/client';
import { PageHeader } from '../../ui/PageHeader';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useSubmit } from '../../ui/useSubmit';
import { useUnsaved } from '../../ui/useUnsaved';
import SessionSelect from '../sessions/SessionSelect';
import classes from './Check.module.css';
import { CheckResult } from './CheckResult';
import { Sections } from './Sections';

const MAX_NUMBERS = 1000;

/** Number check. It is kept in the address, so that one can leave and come back. */
export default function CheckScreen() {
  const { t } = useTranslation('contacts');
  const [search, setSearch] = useSearchParams();
  const id = search.get('id');
  return (
    <>
      <PageHeader title={t('check.title')} subtitle={t('check.subtitle')} />
      <Sections />
      <Stack maw={860}>
        {id ? (
          <CheckResult id={id} onAgain={() => setSearch({})} />
        ) : (
          <Form onStarted={(check) => setSearch({ id: check })} />
        )}
      </Stack>
    </>
  );
}

interface Values extends Record<string, unknown> {
  session_id: string | null;
  phones: string;
}

/** One number a line, or with commas or semicolons between them. */
const numbersOf = (text: string) =>
  text
    .split(/[\n,;]/)
    .map((each) => each.trim())
    .filter(Boolean);

function Form({ onStarted }: { onStarted: (id: string) => void }) {
  const { t } = useTranslation('contacts');
  const form = useForm<Values>({
    initialValues: { session_id: null, phones: '' },
    validate: {
      session_id: (session) => (session ? null : t('check.sessionMissing')),
      phones: (text) => (numbersOf(text).length > 0 ? null : t('check.phonesMissing')),
    },
  });
  const draft = useUnsaved('check', form);
  const { submit, running, error } = useSubmit(
    form,
    ({ session_id, phones }) =>
      api.POST('/api/v1/contacts/check', { body: { session_id: session_id ?? '', phones: numbersOf(phones) } }),
    (check) => {
      draft.saved();
      onStarted(check.id);
    },
  );
  const count = numbersOf(form.values.phones).length;
  return (
    <Paper withBorder className={classes.card}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {error !== undefined && <ProblemAlert error={error} />}
          <SessionSelect
            label={t('check.session')}
            description={t('check.sessionHint')}
            required
            {...form.getInputProps('session_id')}
            value={form.values.session_id}
          />
          <div>
            <Textarea
              label={t('check.phones')}
              description={t('check.phonesHint')}
              required
              autosize
              minRows={6}
              maxRows={16}
              {...form.getInputProps('phones')}
            />
            <Text size="xs" ta="right" className="tabular" c={count > MAX_NUMBERS ? 'red' : 'dimmed'}>
              {t('check.count', { count, most: MAX_NUMBERS })}
            </Text>
          </div>
          <Group justify="flex-end">
            <Button type="submit" loading={running} leftSection={<IconZoomCheck size={16} />}>
              {t('check.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
