import { Checkbox, FileInput, Group, Input, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconPaperclip } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { $api } from '../../api/client';
import { KINDS, type Kind } from './content';
import { ACCEPT, type Draft, MIMETYPE } from './draft';

interface Props {
  form: UseFormReturnType<Draft>;
  file: File | null;
  onFile: (file: File | null) => void;
}

/** What the message says. */
export function ContentFields({ form, file, onFile }: Props) {
  const { t } = useTranslation('messages');
  const kind = form.values.content.type;
  const choose = (next: string) => {
    form.setFieldValue('content.type', next as Kind);
    form.clearErrors();
    onFile(null);
  };
  return (
    <Stack gap="sm">
      <Input.Wrapper label={t('compose.kind')} labelElement="div">
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('compose.kind')}
          value={kind}
          onChange={choose}
          data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
      </Input.Wrapper>
      {kind !== 'text' && <FileFields form={form} file={file} onFile={onFile} />}
      {kind === 'text' && <Words form={form} field="content.text" label={t('compose.text')} most={65_536} required />}
      {kind !== 'text' && kind !== 'voice' && (
        <Words form={form} field="content.caption" label={t('compose.caption')} most={1024} />
      )}
      {kind === 'text' && /https?:\/\//.test(form.values.content.text) && (
        <Checkbox
          label={t('compose.linkPreview')}
          {...form.getInputProps('content.link_preview', { type: 'checkbox' })}
        />
      )}
    </Stack>
  );
}

interface WordsProps {
  form: Props['form'];
  field: 'content.text' | 'content.caption';
  label: string;
  most: number;
  required?: boolean;
}

function Words({ form, field, label, most, required }: WordsProps) {
  const { t } = useTranslation('messages');
  const { text, caption } = form.values.content;
  const length = [...(field === 'content.text' ? text : caption)].length;
  return (
    <div>
      <Textarea
        label={label}
        description={t('compose.markup')}
        required={required}
        autosize
        minRows={required ? 5 : 2}
        maxRows={16}
        {...form.getInputProps(field)}
      />
      <Text size="xs" ta="right" className="tabular" c={length > most ? 'red' : 'dimmed'}>
        {t('compose.length', { length, most })}
      </Text>
    </div>
  );
}

/** What WhatsApp takes, and how large it may be. */
function useLimit(kind: Kind): string | undefined {
  const { t } = useTranslation('messages');
  const { data } = $api.useQuery('get', '/api/v1/media/limits', {}, { staleTime: 3_600_000 });
  const found = data?.items.find((limit) => limit.kind === kind);
  if (!found) return undefined;
  const size = Math.floor(found.max_bytes / 1_000_000);
  return kind === 'document'
    ? t('compose.limit', { size })
    : t('compose.limitOf', { formats: found.takes.join(', '), size });
}

function FileFields({ form, file, onFile }: Props) {
  const { t } = useTranslation('messages');
  const [linked, setLinked] = useState(form.values.link.url !== '');
  const kind = form.values.content.type;
  const limit = useLimit(kind);
  // Whatever the API finds wrong with the file stands here.
  const wrong = Object.entries(form.errors).find(([field]) => field.startsWith('content.media'))?.[1];
  const source = (
    <SegmentedControl
      size="xs"
      aria-label={t('compose.source')}
      value={linked ? 'link' : 'file'}
      onChange={(value) => {
        setLinked(value === 'link');
        form.setFieldValue('link', { url: '', mimetype: '' });
        onFile(null);
      }}
      data={[
        { value: 'file', label: t('compose.sourceFile') },
        { value: 'link', label: t('compose.sourceLink') },
      ]}
    />
  );
  if (!linked) {
    return (
      <Group align="flex-end" gap="xs">
        <FileInput
          key={kind}
          flex={1}
          miw={200}
          label={t('compose.file')}
          description={limit}
          placeholder={t('compose.fileHint')}
          required
          clearable
          accept={ACCEPT[kind] || undefined}
          leftSection={<IconPaperclip size={16} />}
          value={file}
          onChange={onFile}
          error={wrong ?? form.errors['link.url']}
        />
        {source}
      </Group>
    );
  }
  return (
    <Stack gap="xs">
      <Group align="flex-end" gap="xs">
        <TextInput
          flex={1}
          miw={200}
          label={t('compose.link')}
          description={limit ? `${t('compose.linkHint')} ${limit}` : t('compose.linkHint')}
          required
          type="url"
          placeholder="https://"
          {...form.getInputProps('link.url')}
          error={wrong ?? form.errors['link.url']}
        />
        {source}
      </Group>
      <TextInput label={t('compose.mimetype')} placeholder={MIMETYPE[kind]} {...form.getInputProps('link.mimetype')} />
    </Stack>
  );
}
