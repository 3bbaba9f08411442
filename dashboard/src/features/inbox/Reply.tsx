import { ActionIcon, CloseButton, FileButton, Textarea, Tooltip } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPaperclip, IconSend2 } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useSubmit } from '../../ui/useSubmit';
import { useUnsaved } from '../../ui/useUnsaved';
import { type Kind, mediaKind } from '../messages/content';
import { EMPTY } from '../messages/draft';
import { useSend } from '../messages/useSend';
import type { Conversation } from './conversation';
import classes from './Thread.module.css';

const KIND: Record<ReturnType<typeof mediaKind>, Kind> = {
  image: 'image',
  video: 'video',
  audio: 'voice',
  file: 'document',
};

/** Answers in the chat: Enter sends, Shift and Enter begin a new line. What is typed is kept per chat. */
export function Reply({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('inbox');
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const form = useForm({ initialValues: { text: '' } });
  const draft = useUnsaved(`reply-${conversation.id}`, form);
  const send = useSend();
  const { submit, running, error } = useSubmit(
    form,
    ({ text }) => {
      const type = file ? KIND[mediaKind(file.type)] : 'text';
      const content = { ...EMPTY.content, type, text, caption: text };
      return send({ ...EMPTY, sender: conversation.session_id, to: conversation.chat_id, content }, file);
    },
    () => {
      draft.saved();
      form.reset();
      setFile(null);
      void client.invalidateQueries({
        predicate: ({ queryKey }) => String(queryKey[1]).startsWith('/api/v1/conversations'),
      });
    },
  );
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (ready) event.currentTarget.form?.requestSubmit();
  };
  const ready = (form.values.text.trim() !== '' || file !== null) && !running;
  return (
    <form onSubmit={submit} className={classes.reply}>
      {error !== undefined && <ProblemAlert error={error} />}
      {file && (
        <div className={classes.attached}>
          <IconPaperclip size={15} aria-hidden="true" />
          <span className={classes.filename}>{file.name}</span>
          <CloseButton size="sm" aria-label={t('reply.detach')} onClick={() => setFile(null)} />
        </div>
      )}
      <div className={classes.line}>
        <FileButton onChange={setFile}>
          {(props) => (
            <Tooltip label={t('reply.attach')}>
              <ActionIcon {...props} variant="subtle" color="gray" size={36} aria-label={t('reply.attach')}>
                <IconPaperclip size={19} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
          )}
        </FileButton>
        <Textarea
          className={classes.input}
          aria-label={t('reply.text')}
          placeholder={t('reply.text')}
          autosize
          minRows={1}
          maxRows={8}
          onKeyDown={onKeyDown}
          {...form.getInputProps('text')}
        />
        <ActionIcon type="submit" size={36} loading={running} disabled={!ready} aria-label={t('reply.send')}>
          <IconSend2 size={19} />
        </ActionIcon>
      </div>
    </form>
  );
}
