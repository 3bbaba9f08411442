import { Button, CopyButton, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { $api, api } from '../../../api/client';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { SubmitForm } from '../../../ui/SubmitForm';
import { Time } from '../../../ui/Time';
import { useSubmit } from '../../../ui/useSubmit';
import classes from './Pairing.module.css';

const MINUTES = ['5', '15', '60'] as const;

/** A link by which someone without a login pairs this session; it expires, and can be revoked. */
export default function ShareLink({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('pairing');
  const [link, setLink] = useState<string>();
  const links = $api.useQuery('get', '/api/v1/sessions/{id}/pairing-links', { params: { path: { id } } });
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{t('share.title')}</Text>}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('share.detail')}
        </Text>
        {link && <Made link={link} />}
        <Make
          id={id}
          again={link !== undefined}
          onMade={(token) => {
            setLink(`${window.location.origin}/pair/${token}`);
            void links.refetch();
          }}
        />
        {links.error && <ProblemAlert error={links.error} onRetry={() => void links.refetch()} />}
        {links.data && links.data.items.length > 0 && (
          <section>
            <Text size="sm" fw={600}>
              {t('share.open')}
            </Text>
            <ul className={classes.links}>
              {links.data.items.map((each) => (
                <li key={each.id}>
                  <Text size="sm">
                    {t('share.by', { who: each.created_by })} · {t('share.ends')} <Time at={each.expires_at} />
                  </Text>
                  <Revoke id={id} link={each.id} onDone={() => void links.refetch()} />
                </li>
              ))}
            </ul>
          </section>
        )}
      </Stack>
    </Modal>
  );
}

function Make({ id, again, onMade }: { id: string; again: boolean; onMade: (token: string) => void }) {
  const { t } = useTranslation('pairing');
  const form = useForm<{ minutes: string }>({ initialValues: { minutes: '15' } });
  const sending = useSubmit(
    form,
    ({ minutes }) =>
      api.POST('/api/v1/sessions/{id}/pairing-links', {
        params: { path: { id } },
        body: { minutes: Number(minutes) },
      }),
    (made) => onMade(made.token),
  );
  return (
    <SubmitForm sending={sending} label={again ? t('share.another') : t('share.make')}>
      <Select
        label={t('share.minutes')}
        allowDeselect={false}
        data={MINUTES.map((value) => ({ value, label: t(`share.for.${value}`) }))}
        {...form.getInputProps('minutes')}
      />
    </SubmitForm>
  );
}

/** The link, once: only its end is known afterwards. */
function Made({ link }: { link: string }) {
  const { t } = useTranslation('pairing');
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <TextInput
        flex={1}
        label={t('share.link')}
        description={t('share.once')}
        readOnly
        value={link}
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton value={link}>
        {({ copied, copy }) => (
          <Button onClick={copy} leftSection={copied ? <IconCheck size={17} /> : <IconCopy size={17} />}>
            {copied ? t('common:action.copied') : t('share.copy')}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}

function Revoke({ id, link, onDone }: { id: string; link: string; onDone: () => void }) {
  const { t } = useTranslation('pairing');
  const [error, setError] = useState<unknown>();
  const [running, setRunning] = useState(false);
  const revoke = async () => {
    setRunning(true);
    const params = { path: { id, link_id: link } };
    const answer = await api.DELETE('/api/v1/sessions/{id}/pairing-links/{link_id}', { params });
    setRunning(false);
    setError(answer.error);
    onDone();
  };
  return (
    <>
      <Button size="compact-sm" variant="default" loading={running} onClick={() => void revoke()}>
        {t('share.revoke')}
      </Button>
      {error !== undefined && <ProblemAlert error={error} />}
    </>
  );
}
