import { Button, Collapse, Group } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconAdjustments, IconFilter } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ClearFilters } from './ClearFilters';

interface Props {
  /** The filters that are set, by name. */
  filters: Record<string, unknown>;
  clear: () => void;
  children: ReactNode;
  /** Rarely used filters: their names, and their inputs, mounted when opened. */
  rare?: { names: readonly string[]; inputs: () => ReactNode };
}

const WIDE = '(min-width: 48em)';

/** Filters of a list, side by side; on a phone behind one button, to leave room for the list. */
export function FilterBar({ filters, clear, children, rare }: Props) {
  const { t } = useTranslation('common');
  const wide = useMediaQuery(WIDE, undefined, { getInitialValueInEffect: false });
  const set = Object.keys(filters);
  const rarelySet = set.filter((name) => rare?.names.includes(name)).length;
  const [all, { toggle: toggleAll }] = useDisclosure(false);
  const [more, { toggle: toggleMore }] = useDisclosure(rarelySet > 0);
  const inputs = (
    <Group gap="xs" align="flex-end">
      {children}
      {wide && rare && (
        <Button variant="default" leftSection={<IconAdjustments size={16} />} onClick={toggleMore} aria-expanded={more}>
          {rarelySet > 0 ? t('list.moreFiltersSet', { count: rarelySet }) : t('list.moreFilters')}
        </Button>
      )}
      {wide && <ClearFilters any={set.length > 0} clear={clear} />}
    </Group>
  );
  if (wide) {
    return (
      <div>
        {inputs}
        {rare && <Collapse expanded={more}>{more && rare.inputs()}</Collapse>}
      </div>
    );
  }
  return (
    <div>
      <Group gap="xs" mb={all ? 'xs' : 0}>
        <Button variant="default" leftSection={<IconFilter size={16} />} onClick={toggleAll} aria-expanded={all}>
          {set.length > 0 ? t('list.filtersSet', { count: set.length }) : t('list.filters')}
        </Button>
        <ClearFilters any={set.length > 0} clear={clear} />
      </Group>
      <Collapse expanded={all}>
        {all && inputs}
        {all && rare?.inputs()}
      </Collapse>
    </div>
  );
}
