// Short names for the generated types. Nothing is written by hand here, only named.
import type { components } from './schema';

type Schemas = components['schemas'];

/** `Model<'SessionView'>` is what the API calls SessionView. */
export type Model<Name extends keyof Schemas> = Schemas[Name];

export type Session = Schemas['SessionView'];
export type Profile = Schemas['ProfileView'];
export type Organization = Schemas['OrganizationView'];
