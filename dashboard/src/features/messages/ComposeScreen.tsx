import { Button, Group, Paper, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { IconClock, IconSend } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { PageHeader } from '../../ui/PageHeader';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useSubmit } from '../../ui/useSubmit';
import { useUnsaved } from '../../ui/useUnsaved';
import { ContentFields } from './ContentFields';
import { type Draft, EMPTY } from './draft';
import classes from './MessageScreen.module.css';
import { Bubble, PhoneFrame } from './PhoneFrame';
import { RecipientField } from './RecipientField';
import { SenderField, useOnlySender } from './SenderField';
import { useSend } from './useSend';
import { WhenFields } from './WhenFields';

const FilePreview = lazy(() => import('./FilePreview').then(({ FilePreview }) => ({ default: FilePreview })));

/** Form for one message of any type, with a preview. */
export default function ComposeScreen() {
  const { t } = useTranslation('messages');
  const go = useNavigate();
  const [search] = useSearchParams();
  const [file, setFile] = useState<File | null>(null);
  const form = useForm<Draft>({
    initialValues: EMPTY,
    validate: {
      sender: (sender) => (sender ? null : t('compose.senderMissing')),
      to: (to) => (to.trim() ? null : t('compose.toMissing')),
      content: {
        text: (text, draft) => (draft.content.type === 'text' && !text.trim() ? t('compose.textMissing') : null),
      },
      link: {
        url: (url, draft) => (draft.content.type === 'text' || file || url.trim() ? null : t('compose.fileMissing')),
      },
    },
  });
  const draft = useUnsaved('message', form);
  usePrefilled(search, form.setFieldValue);
  useOnlySender(form);
  const send = useSend();
  const { submit, running, error } = useSubmit(
    form,
    (values) => send(values, file),
    (message) => {
      draft.saved();
      form.setInitialValues(EMPTY);
      form.reset();
      notifications.show({ message: t('compose.done') });
      void go(`/messages/${message.id}`);
    },
  );
  const { content, to, send_at } = form.values;
  return (
    <>
      <PageHeader title={t('compose.title')} back={{ to: '/messages', label: t('title') }} />
      <form onSubmit={submit} className={classes.compose} noValidate>
        <Paper withBorder className={classes.card}>
          <Stack>
            {error !== undefined && <ProblemAlert error={error} />}
            <SenderField form={form} />
            <RecipientField form={form} />
            <ContentFields form={form} file={file} onFile={setFile} />
            <WhenFields form={form} />
            <Group justify="flex-end">
              <Button
                type="submit"
                loading={running}
                leftSection={send_at ? <IconClock size={16} /> : <IconSend size={16} />}
              >
                {send_at ? t('compose.schedule') : t('compose.submit')}
              </Button>
            </Group>
          </Stack>
        </Paper>
        <aside aria-label={t('compose.preview')} className={classes.preview}>
          <PhoneFrame title={to || t('compose.nobody')}>
            {(content.type !== 'text' || content.text) && (
              <Bubble
                media={
                  content.type !== 'text' && (
                    <Suspense>
                      <FilePreview kind={content.type} file={file} url={form.values.link.url} />
                    </Suspense>
                  )
                }
                text={content.type === 'text' ? content.text : content.type === 'voice' ? '' : content.caption}
              />
            )}
          </PhoneFrame>
        </aside>
      </form>
    </>
  );
}

/** The address may say to whom and from where: `?to=+62...&session=ses_...`. */
function usePrefilled(search: URLSearchParams, set: (field: 'to' | 'sender', value: string) => void) {
  const done = useRef(false);
  useEffect(() => {
    if (done.current) return;
    done.current = true;
    const [to, session] = [search.get('to'), search.get('session')];
    if (to) set('to', to);
    if (session) set('sender', session);
  }, [search, set]);
}
