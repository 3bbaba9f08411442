import { Button, Group, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useMediaQuery } from '@mantine/hooks';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { $api } from '../../../api/client';
import type { Campaign } from '../campaign';
import { Attachment } from './Attachment';
import { type ContentType, type MessageValues, TYPES } from './content';

/** Kind of message, file, words; what may stand in the words is put in by buttons. */
export function MessageForm({ form, campaign }: { form: UseFormReturnType<MessageValues>; campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const narrow = useMediaQuery('(max-width: 30em)');
  const { type } = form.values;
  return (
    <Stack>
      <SegmentedControl
        aria-label={t('message.type')}
        fullWidth={narrow}
        orientation={narrow ? 'vertical' : 'horizontal'}
        value={type}
        onChange={(value) => form.setValues({ type: value as ContentType, media: null })}
        data={TYPES.map((value) => ({ value, label: t(`type.${value}`) }))}
      />
      {type !== 'text' && (
        <Attachment type={type} media={form.values.media} onChange={(media) => form.setFieldValue('media', media)} />
      )}
      {type !== 'voice' && <Words form={form} campaign={campaign} />}
    </Stack>
  );
}

function Words({ form, campaign }: { form: UseFormReturnType<MessageValues>; campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const area = useRef<HTMLTextAreaElement>(null);
  const names = useVariableNames(campaign);
  const put = (before: string, after: string, otherwise: string) => {
    const { selectionStart: from = 0, selectionEnd: to = 0, value = '' } = area.current ?? {};
    const middle = value.slice(from, to) || otherwise;
    form.setFieldValue('words', value.slice(0, from) + before + middle + after + value.slice(to));
    const start = from + before.length;
    // After React has written the new text.
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(start, start + middle.length);
    });
  };
  return (
    <Stack gap="xs">
      <Textarea
        ref={area}
        label={form.values.type === 'text' ? t('message.text') : t('message.caption')}
        autosize
        minRows={7}
        maxRows={18}
        maxLength={form.values.type === 'text' ? 65536 : 1024}
        spellCheck
        {...form.getInputProps('words')}
      />
      <Group gap={6} role="toolbar" aria-label={t('message.tools')}>
        <Button size="compact-sm" variant="default" fw={700} onClick={() => put('*', '*', t('message.sampleWord'))}>
          {t('message.bold')}
        </Button>
        <Button size="compact-sm" variant="default" fs="italic" onClick={() => put('_', '_', t('message.sampleWord'))}>
          {t('message.italic')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => put('{', '}', t('message.sampleChoice'))}>
          {t('message.choice')}
        </Button>
        {names.map((name) => (
          <Button
            key={name}
            size="compact-sm"
            variant="light"
            ff="monospace"
            aria-label={t('message.insert', { name })}
            onClick={() => put('{{', '}}', name)}
          >
            {name}
          </Button>
        ))}
      </Group>
      <Text size="xs" c="dimmed">
        {t('message.hint', { variable: '{{name|friend}}', choice: '{Hi|Hello}' })}
      </Text>
    </Stack>
  );
}

/** What the people of this campaign have values for. */
function useVariableNames(campaign: Campaign): string[] {
  const { data } = $api.useQuery('get', '/api/v1/campaigns/{id}/recipients', {
    params: { path: { id: campaign.id }, query: { limit: 50 } },
  });
  const names = data?.items.flatMap((row) => Object.keys(row.variables)) ?? [];
  return [...new Set(['name', ...names])];
}
