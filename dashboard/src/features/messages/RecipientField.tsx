import { Autocomplete, Group, Text } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { $api } from '../../api/client';
import type { Draft } from './draft';

const TYPING_MS = 250;

/** A number, a chat, or the beginning of a name in the address book. */
export function RecipientField({ form }: { form: UseFormReturnType<Draft> }) {
  const { t } = useTranslation('messages');
  const [typed] = useDebouncedValue(form.values.to.trim(), TYPING_MS);
  const named = /[^\d\s+@.()-]/.test(typed) && !typed.includes('@');
  const found = $api.useQuery(
    'get',
    '/api/v1/contacts',
    { params: { query: { name: typed, limit: 8 } } },
    { enabled: named },
  );
  const contacts = (named && found.data?.items) || [];
  const names = new Map(contacts.map(({ phone, lid, name }) => [phone ?? lid ?? '', name ?? '']));
  return (
    <Autocomplete
      label={t('compose.to')}
      description={t('compose.toHint')}
      required
      autoComplete="off"
      data={[...names.keys()]}
      // No filtering here: the API already matched the names.
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <Group gap="xs">
          <Text size="sm">{names.get(option.value)}</Text>
          <Text size="sm" c="dimmed" className="tabular">
            {option.value}
          </Text>
        </Group>
      )}
      {...form.getInputProps('to')}
    />
  );
}
