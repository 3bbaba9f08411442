import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProfile } from '../../api/useSession';
import type { Import, Settings } from './useImport';

interface Props {
  found: Import;
  forContacts: boolean;
  disabled: boolean;
  onChange: (settings: Settings) => void;
}

/** How the list is read: what was recognised, and the way to say otherwise. The API reads it anew after each change. */
export function SettingsFields({ found, forContacts, disabled, onChange }: Props) {
  const { t } = useTranslation('imports');
  const profile = useProfile();
  const { settings, preview } = found;
  const [country, setCountry] = useState(settings.country ?? '');
  const [tag, setTag] = useState(settings.tag ?? '');
  const names = [...new Set(preview.columns.map((column) => column.name))].filter(Boolean);
  const recognised = (role: string) => preview.columns.find((column) => column.role === role)?.name;
  const set = (change: Partial<Settings>) => onChange({ ...settings, ...change });
  const column = (label: string, role: string, field: 'phone_column' | 'name_column' | 'tags_column') => (
    <Select
      label={label}
      placeholder={recognised(role) ?? t('none')}
      clearable
      disabled={disabled || (field !== 'phone_column' && !settings.phone_column)}
      data={names}
      value={settings[field] ?? null}
      onChange={(value) =>
        field === 'phone_column' && value === null
          ? set({ phone_column: null, name_column: null, tags_column: null, time_zone_column: null })
          : set({ [field]: value })
      }
    />
  );
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
      {column(t('phoneColumn'), 'phone', 'phone_column')}
      {column(t('nameColumn'), 'name', 'name_column')}
      {forContacts && column(t('tagsColumn'), 'tags', 'tags_column')}
      {preview.sheets.length > 1 && (
        <Select
          label={t('sheet')}
          disabled={disabled}
          data={preview.sheets}
          value={preview.sheet}
          allowDeselect={false}
          onChange={(sheet) => set({ sheet })}
        />
      )}
      <TextInput
        label={t('country')}
        description={t('countryHint')}
        placeholder={profile?.organization.default_country ?? 'ID'}
        maxLength={2}
        disabled={disabled}
        value={country}
        onChange={(event) => setCountry(event.currentTarget.value.toUpperCase())}
        onBlur={() => country !== (settings.country ?? '') && set({ country: country.trim() || null })}
      />
      {forContacts && (
        <TextInput
          label={t('tag')}
          description={t('tagHint')}
          maxLength={100}
          disabled={disabled}
          value={tag}
          onChange={(event) => setTag(event.currentTarget.value)}
          onBlur={() => tag !== (settings.tag ?? '') && set({ tag: tag.trim() || null })}
        />
      )}
    </SimpleGrid>
  );
}
