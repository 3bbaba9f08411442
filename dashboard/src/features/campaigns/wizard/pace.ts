import type { Model } from '../../../api/types';
import { fromWall, toWall } from '../../../time/wall';
import type { Campaign } from '../campaign';

/** What the form of the pace holds; times as the organization's clock shows them. */
export interface PaceValues extends Record<string, unknown> {
  send_at: string;
  messages_per_hour: number | '';
  window: boolean;
  from: string;
  to: string;
  zone: Model<'WindowZone'>;
  finish_by: string;
}

export function valuesOf({ pace, send_at }: Pick<Campaign, 'pace' | 'send_at'>, timeZone: string): PaceValues {
  const wall = (at: string | null | undefined) => (at ? toWall(new Date(at), timeZone) : '');
  return {
    send_at: wall(send_at),
    messages_per_hour: pace.messages_per_hour ?? '',
    window: Boolean(pace.send_window),
    from: pace.send_window?.from ?? '09:00',
    to: pace.send_window?.to ?? '17:00',
    zone: pace.send_window?.zone ?? 'recipient',
    finish_by: wall(pace.finish_by),
  };
}

export function changeOf(values: PaceValues, timeZone: string): Model<'ChangeCampaign'> {
  const moment = (wall: string) => (wall ? fromWall(wall, timeZone).toISOString() : null);
  const { from, to, zone } = values;
  return {
    send_at: moment(values.send_at),
    pace: {
      messages_per_hour: values.messages_per_hour === '' ? null : values.messages_per_hour,
      send_window: values.window ? { from, to, zone } : null,
      finish_by: moment(values.finish_by),
    },
  };
}
