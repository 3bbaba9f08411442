import { Button, Checkbox, Group, Paper, Text, TextInput } from '@mantine/core';
import { IconTag, IconTagOff, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BulkAct, type BulkKind } from './BulkAct';
import type { ContactFilters } from './useContactFilters';

interface Props {
  selected: ReadonlySet<string>;
  filters: ContactFilters;
  /** Whether more contacts may match than are loaded. */
  hasMore: boolean;
  onDone: () => void;
}

/** Bulk actions on selected contacts, or on all that match the filters: tag, untag, delete. */
export default function BulkBar({ selected, filters, hasMore, onDone }: Props) {
  const { t } = useTranslation('contacts');
  const [tag, setTag] = useState('');
  const [all, setAll] = useState(false);
  const [acting, setActing] = useState<BulkKind>();
  const filtered = Object.keys(filters).length > 0;
  const whom = all ? (filtered ? filters : { everybody: true }) : { contact_ids: [...selected] };
  const tagless = tag.trim() === '';
  return (
    <Paper withBorder p="sm">
      <Group gap="sm" align="center">
        <Text fw={600}>{all ? t('bulk.everybody') : t('bulk.selected', { count: selected.size })}</Text>
        {(hasMore || all) && (
          <Checkbox
            label={filtered ? t('bulk.allFit') : t('bulk.all')}
            checked={all}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
        )}
        <Group gap="xs">
          <TextInput
            aria-label={t('bulk.tag')}
            placeholder={t('bulk.tag')}
            maxLength={100}
            value={tag}
            onChange={(event) => setTag(event.currentTarget.value)}
          />
          <Button
            variant="default"
            leftSection={<IconTag size={16} />}
            disabled={tagless}
            onClick={() => setActing('add')}
          >
            {t('bulk.addTag')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconTagOff size={16} />}
            disabled={tagless}
            onClick={() => setActing('remove')}
          >
            {t('bulk.removeTag')}
          </Button>
        </Group>
        <Button variant="subtle" color="red" leftSection={<IconTrash size={16} />} onClick={() => setActing('delete')}>
          {t('act.delete')}
        </Button>
      </Group>
      {acting && (
        <BulkAct kind={acting} whom={whom} tag={tag.trim()} onClose={() => setActing(undefined)} onDone={onDone} />
      )}
    </Paper>
  );
}
