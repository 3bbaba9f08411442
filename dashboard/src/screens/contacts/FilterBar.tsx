import { Button, Group, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactFilters, useContactFilters } from './useContactFilters';

const TYPING_MS = 350;
const FIELDS = ['name', 'phone', 'tag'] as const;

/** Name, number and tag, looked for as one types. */
export function FilterBar({ filters, set, any, clear }: ReturnType<typeof useContactFilters>) {
  const { t } = useTranslation('contacts');
  const [typed, setTyped] = useState<ContactFilters>(filters);
  const { name, phone, tag } = filters;
  useEffect(() => setTyped({ name, phone, tag }), [name, phone, tag]);
  const tell = useDebouncedCallback((next: ContactFilters) => set(next), TYPING_MS);
  const type = (field: (typeof FIELDS)[number], value: string) => {
    const next = { ...typed, [field]: value };
    setTyped(next);
    tell({ ...next, [field]: value.trim() });
  };
  return (
    <Group gap="xs" align="flex-end">
      {FIELDS.map((field) => (
        <TextInput
          key={field}
          label={t(`field.${field}`)}
          w={{ base: '100%', xs: 180 }}
          value={typed[field] ?? ''}
          onChange={(event) => type(field, event.currentTarget.value)}
        />
      ))}
      {any && (
        <Button variant="subtle" color="gray" leftSection={<IconX size={15} />} onClick={clear}>
          {t('clear')}
        </Button>
      )}
    </Group>
  );
}
