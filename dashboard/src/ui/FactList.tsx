import type { ReactNode } from 'react';
import classes from './FactList.module.css';

/** Facts, one per line; unknown ones are left out. */
export function FactList({ facts }: { facts: [label: string, fact: ReactNode][] }) {
  return (
    <dl className={classes.facts}>
      {facts
        .filter(([, fact]) => fact !== null && fact !== undefined && fact !== false && fact !== '')
        .map(([label, fact]) => (
          <div key={label} className={classes.fact}>
            <dt>{label}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
    </dl>
  );
}
