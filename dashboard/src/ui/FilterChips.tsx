import { Group, Pill } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface Props<Name extends string> {
  /** What is chosen, with its words: `Session Front desk`. */
  chips: { name: Name; label: string }[];
  onRemove: (name: Name) => void;
}

/** Filters that came with a link, each removable. */
export function FilterChips<Name extends string>({ chips, onRemove }: Props<Name>) {
  const { t } = useTranslation('common');
  return (
    <Group gap={6}>
      {chips.map(({ name, label }) => (
        <Pill
          key={name}
          size="md"
          withRemoveButton
          onRemove={() => onRemove(name)}
          removeButtonProps={{
            'aria-label': t('list.removeFilter', { filter: label }),
            'aria-hidden': false,
            tabIndex: 0,
          }}
        >
          {label}
        </Pill>
      ))}
    </Group>
  );
}
