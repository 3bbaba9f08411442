import { Select, SimpleGrid, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useProfile } from '../../api/useSession';

export interface Mapping extends Record<string, unknown> {
  /** Null: found by its name. */
  phone_column: string | null;
  name_column: string | null;
  country: string;
  tag: string;
}

export const NO_MAPPING: Mapping = { phone_column: null, name_column: null, country: '', tag: '' };

/** Which column is what. The others become attributes. */
export function MappingFields({ form, header }: { form: UseFormReturnType<Mapping>; header: string[] }) {
  const { t } = useTranslation('contacts');
  const profile = useProfile();
  const columns = [...new Set(header)].filter(Boolean);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Select
        label={t('import.phoneColumn')}
        placeholder={t('import.found')}
        clearable
        data={columns}
        {...form.getInputProps('phone_column')}
      />
      <Select
        label={t('import.nameColumn')}
        placeholder={t('import.found')}
        clearable
        data={columns}
        {...form.getInputProps('name_column')}
      />
      <TextInput
        label={t('import.country')}
        description={t('import.countryHint')}
        placeholder={profile?.organization.default_country ?? 'ID'}
        maxLength={2}
        {...form.getInputProps('country')}
      />
      <TextInput
        label={t('import.tag')}
        description={t('import.tagHint')}
        maxLength={100}
        {...form.getInputProps('tag')}
      />
    </SimpleGrid>
  );
}
