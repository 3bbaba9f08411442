import { Button, Group, Paper, Text, TextInput } from '@mantine/core';
import { IconTag, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Model } from '../../api/types';
import { ProblemAlert } from '../../components/ProblemAlert';
import { Progress } from '../../components/Progress';
import { DeleteContacts } from './DeleteContacts';
import { each } from './each';

interface Props {
  contacts: Model<'ContactView'>[];
  onDone: () => void;
}

/** What can be done with all that are selected: a tag, or away with them. */
export function BulkBar({ contacts, onDone }: Props) {
  const { t } = useTranslation('contacts');
  const client = useQueryClient();
  const [tag, setTag] = useState('');
  const [done, setDone] = useState<number>();
  const [error, setError] = useState<unknown>();
  const [deleting, setDeleting] = useState(false);
  const count = contacts.length;
  const addTag = async (event: FormEvent) => {
    event.preventDefault();
    setError(undefined);
    setDone(0);
    try {
      await each(
        contacts,
        ({ phone }) => api.POST('/api/v1/contacts', { body: { phone, tags: [tag.trim()] } }),
        setDone,
      );
      onDone();
    } catch (problem) {
      setError(problem);
    } finally {
      setDone(undefined);
      await client.invalidateQueries({ queryKey: ['get', '/api/v1/contacts'] });
    }
  };
  return (
    <Paper withBorder p="sm">
      <Group gap="sm" align="center">
        <Text fw={600}>{t('bulk.selected', { count })}</Text>
        <form onSubmit={(event) => void addTag(event)}>
          <Group gap="xs">
            <TextInput
              aria-label={t('bulk.tag')}
              placeholder={t('bulk.tag')}
              maxLength={100}
              value={tag}
              onChange={(event) => setTag(event.currentTarget.value)}
            />
            <Button
              type="submit"
              variant="default"
              leftSection={<IconTag size={16} />}
              disabled={tag.trim() === ''}
              loading={done !== undefined}
            >
              {t('bulk.addTag')}
            </Button>
          </Group>
        </form>
        <Button variant="subtle" color="red" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>
          {t('act.delete')}
        </Button>
      </Group>
      {done !== undefined && <Progress done={done} total={count} label={t('bulk.addTag')} />}
      {error !== undefined && <ProblemAlert error={error} />}
      {deleting && <DeleteContacts contacts={contacts} onClose={() => setDeleting(false)} onDone={onDone} />}
    </Paper>
  );
}
