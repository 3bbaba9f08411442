import { Button, CopyButton, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { useSubmit } from '../../../ui/useSubmit';
import classes from './Pairing.module.css';

/** Pairing by a code that is typed on the phone. */
export function PairingCode({ id }: { id: string }) {
  const { t } = useTranslation('pairing');
  const [code, setCode] = useState<string>();
  const form = useForm({ initialValues: { phone: '' } });
  const { submit, running, error } = useSubmit(
    form,
    (body) => api.POST('/api/v1/sessions/{id}/pairing-code', { params: { path: { id } }, body }),
    (answer) => setCode(answer.code),
  );
  return (
    <Stack w="100%">
      {code && (
        <Stack align="center" gap="xs">
          <output className={classes.letters}>{code}</output>
          <CopyButton value={code}>
            {({ copied, copy }) => (
              <Button size="compact-sm" variant="default" onClick={copy}>
                {copied ? t('common:action.copied') : t('letters.copy')}
              </Button>
            )}
          </CopyButton>
          <Text size="sm" c="dimmed" ta="center">
            {t('letters.hint')}
          </Text>
        </Stack>
      )}
      <form onSubmit={submit}>
        <Stack>
          {error !== undefined && <ProblemAlert error={error} />}
          <TextInput
            label={t('letters.phone')}
            description={t('letters.phoneHint')}
            type="tel"
            autoComplete="tel"
            required
            {...form.getInputProps('phone')}
          />
          <Button type="submit" loading={running} variant={code ? 'default' : 'filled'}>
            {code ? t('letters.again') : t('letters.submit')}
          </Button>
        </Stack>
      </form>
    </Stack>
  );
}
