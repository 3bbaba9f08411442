import type { Model } from '../../../api/types';

export interface Cluster {
  code: string;
  count: number;
  /** The number of one of them. */
  example: string;
}

/** People who failed, by the reason, the most frequent first. */
export function byCode(people: Pick<Model<'RecipientView'>, 'error_code' | 'phone'>[]): Cluster[] {
  const clusters = new Map<string, Cluster>();
  for (const { error_code, phone } of people) {
    const code = error_code ?? 'unknown';
    const known = clusters.get(code);
    if (known) known.count += 1;
    else clusters.set(code, { code, count: 1, example: phone });
  }
  return [...clusters.values()].sort((a, b) => b.count - a.count);
}
