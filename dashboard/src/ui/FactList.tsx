import type { ReactNode } from 'react';
import classes from './FactList.module.css';

/** What is known of a thing, a line each; what is not known is left out. */
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
