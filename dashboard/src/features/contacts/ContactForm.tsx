import { ActionIcon, Button, Group, Modal, Skeleton, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { $api, api } from '../../api/client';
import type { Model } from '../../api/types';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { SubmitForm } from '../../ui/SubmitForm';
import { useSubmit } from '../../ui/useSubmit';
import { useUnsaved } from '../../ui/useUnsaved';
import { Identities } from './Identities';
import { shownAs } from './who';

interface Props {
  /** Whom to change; null to add somebody. */
  id: string | null;
  /** What is known of somebody new: `?new&phone=+62...&name=...`. */
  search: URLSearchParams;
  onClose: () => void;
}

/** Adds a person, or changes one. */
export default function ContactForm({ id, search, onClose }: Props) {
  const { t } = useTranslation('contacts');
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{id ? t('edit.title') : t('new.title')}</Text>}>
      {id ? (
        <Known id={id} onClose={onClose} />
      ) : (
        <Form
          start={{ phone: search.get('phone') ?? '', name: search.get('name') ?? '', tags: [], attributes: [] }}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}

function Known({ id, onClose }: { id: string; onClose: () => void }) {
  const { data, error, refetch } = $api.useQuery('get', '/api/v1/contacts/{id}', { params: { path: { id } } });
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={220} />;
  const attributes = Object.entries(data.attributes).map(([name, value]) => ({ name, value }));
  return (
    <Form
      known={data}
      start={{ phone: shownAs(data), name: data.name ?? '', tags: data.tags, attributes }}
      onClose={onClose}
    />
  );
}

interface Values extends Record<string, unknown> {
  phone: string;
  name: string;
  tags: string[];
  attributes: { name: string; value: string }[];
}

function Form({ known, start, onClose }: { known?: Model<'ContactView'>; start: Values; onClose: () => void }) {
  const { t } = useTranslation('contacts');
  const client = useQueryClient();
  const form = useForm<Values>({ initialValues: start });
  const draft = useUnsaved(`contact-${known?.id ?? 'new'}`, form);
  const sending = useSubmit(
    form,
    ({ phone, name, tags, attributes }) => {
      const named = attributes.filter((each) => each.name.trim());
      const body = {
        name: name.trim() || null,
        tags,
        attributes: Object.fromEntries(named.map((each) => [each.name.trim(), each.value])),
      };
      if (!known) return api.POST('/api/v1/contacts', { body: { phone, ...body } });
      return api.PATCH('/api/v1/contacts/{id}', { params: { path: { id: known.id } }, body });
    },
    (contact) => {
      draft.saved();
      notifications.show({ message: t('saved', { name: contact.name ?? shownAs(contact) }) });
      void client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]).startsWith('/api/v1/con') });
      onClose();
    },
  );
  return (
    <SubmitForm sending={sending} label={t('save')} onCancel={onClose}>
      <TextInput
        label={t('field.phone')}
        description={known ? undefined : t('new.phoneHint')}
        required
        readOnly={known !== undefined}
        data-autofocus={known ? undefined : true}
        inputMode="tel"
        {...form.getInputProps('phone')}
      />
      <TextInput label={t('field.name')} maxLength={200} {...form.getInputProps('name')} />
      <TagsInput label={t('field.tags')} description={t('new.tagsHint')} {...form.getInputProps('tags')} />
      <Attributes form={form} />
      {known && <Identities contact={known.id} />}
    </SubmitForm>
  );
}

/** What templates are filled with. */
function Attributes({ form }: { form: ReturnType<typeof useForm<Values>> }) {
  const { t } = useTranslation('contacts');
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        {t('field.attributes')}
      </Text>
      {form.values.attributes.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have nothing else while they are typed
        <Group key={index} gap="xs" wrap="nowrap">
          <TextInput
            flex={1}
            aria-label={t('attribute.name')}
            placeholder={t('attribute.name')}
            {...form.getInputProps(`attributes.${index}.name`)}
          />
          <TextInput
            flex={1}
            aria-label={t('attribute.value')}
            placeholder={t('attribute.value')}
            {...form.getInputProps(`attributes.${index}.value`)}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('attribute.remove')}
            onClick={() => form.removeListItem('attributes', index)}
          >
            <IconX size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={() => form.insertListItem('attributes', { name: '', value: '' })}
        >
          {t('attribute.add')}
        </Button>
      </Group>
    </Stack>
  );
}
