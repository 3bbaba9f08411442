import { Button, FileButton, Group, Text } from '@mantine/core';
import { IconPaperclip, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { Model } from '../../../api/types';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { ACCEPTED, type ContentType } from './content';

interface Props {
  type: ContentType;
  media: Model<'MediaRef'> | null;
  onChange: (media: Model<'MediaRef'> | null) => void;
}

/** The file of a message: uploaded at once, so that the draft only names it. */
export function Attachment({ type, media, onChange }: Props) {
  const { t } = useTranslation('campaigns');
  const [uploading, setUploading] = useState(false);
  const [error, setError] = useState<unknown>();
  const upload = async (file: File | null) => {
    if (!file) return;
    setUploading(true);
    setError(undefined);
    try {
      onChange(await send(file));
    } catch (problem) {
      setError(problem);
    } finally {
      setUploading(false);
    }
  };
  return (
    <div>
      <Group gap="sm">
        <FileButton accept={ACCEPTED[type]} onChange={(file) => void upload(file)}>
          {(button) => (
            <Button {...button} variant="default" loading={uploading} leftSection={<IconPaperclip size={16} />}>
              {media ? t('message.otherFile') : t('message.chooseFile')}
            </Button>
          )}
        </FileButton>
        {media && (
          <>
            <Text size="sm">{media.filename ?? media.mimetype}</Text>
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              leftSection={<IconX size={14} />}
              onClick={() => onChange(null)}
            >
              {t('message.removeFile')}
            </Button>
          </>
        )}
      </Group>
      {!media && !uploading && (
        <Text size="xs" c="dimmed" mt={6}>
          {t(`message.fileHint.${type}`)}
        </Text>
      )}
      {error !== undefined && <ProblemAlert error={error} />}
    </div>
  );
}

async function send(file: File): Promise<Model<'MediaRef'>> {
  const form = new FormData();
  form.set('file', file);
  const { data, error } = await api.POST('/api/v1/media', { body: { file: file.name }, bodySerializer: () => form });
  if (!data) throw error;
  return { id: data.id, mimetype: data.mimetype, filename: data.filename };
}
