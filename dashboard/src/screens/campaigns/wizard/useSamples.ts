import { useQuery } from '@tanstack/react-query';
import type { Model } from '../../../api/types';
import type { Campaign } from '../campaign';
import { addPeople } from './upload';

// The dry run tells what new people would be sent. Those of the campaign are no longer new, so their values are asked
// with these numbers instead; their own stands in `phone`, should the text name it. Three times, for three wordings.
const STAND_INS = ['+6281100000001', '+6281100000002', '+6281100000003'];

export interface Samples {
  /** What this person would read, in up to three wordings. */
  texts: string[];
  /** Variables that the text needs and this person lacks. */
  missing: string[];
}

/** The message of a person as the server writes it, with the text saved last. */
export function useSamples(campaign: Campaign, person: Model<'RecipientView'> | undefined) {
  return useQuery<Samples>({
    queryKey: ['samples', campaign.id, campaign.updated_at, person?.id],
    enabled: person !== undefined,
    placeholderData: (before) => before,
    queryFn: async ({ signal }) => {
      const { name, phone, variables } = person as Model<'RecipientView'>;
      const values = { phone: phone.slice(1), ...variables };
      const contacts = STAND_INS.map((number) => ({ phone: number, name, variables: values }));
      const { sample, rejects } = await addPeople(campaign.id, { contacts }, true, signal);
      const lacking = rejects.filter((reject) => reject.code === 'missing_variable');
      return {
        texts: [...new Set(sample)],
        missing: [...new Set(lacking.flatMap((reject) => reject.column ?? []))],
      };
    },
  });
}
