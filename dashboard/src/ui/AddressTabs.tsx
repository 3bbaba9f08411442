import { Skeleton, Tabs } from '@mantine/core';
import { type ReactNode, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import classes from './AddressTabs.module.css';

/** Which part is open: the first, unless the address says otherwise. */
export function useTab<Name extends string>(names: readonly [Name, ...Name[]]): Name {
  const [search] = useSearchParams();
  return names.find((name) => name === search.get('tab')) ?? names[0];
}

const inSight = (tab: HTMLElement | null) => tab?.scrollIntoView({ block: 'nearest', inline: 'center' });

interface Props<Name extends string> {
  names: readonly [Name, ...Name[]];
  label: (name: Name) => string;
  /** Content of the tab; only the open one is mounted. */
  children: (name: Name) => ReactNode;
}

/** Tabs of a screen; the open one is kept in the address. */
export function AddressTabs<Name extends string>({ names, label, children }: Props<Name>) {
  const [, setSearch] = useSearchParams();
  const open = useTab(names);
  return (
    <Tabs
      value={open}
      onChange={(tab) => setSearch(tab && tab !== names[0] ? { tab } : {}, { replace: true })}
      keepMounted={false}
    >
      <Tabs.List mb="lg" className={classes.list}>
        {names.map((name) => (
          <Tabs.Tab key={name} value={name} ref={name === open ? inSight : undefined}>
            {label(name)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={open}>
        <Suspense fallback={<Skeleton h={320} radius="lg" />}>{children(open)}</Suspense>
      </Tabs.Panel>
    </Tabs>
  );
}
