-- What the dashboard knows of people and organizations: language, zone, looks, and where a device logged in from.

alter table users
    add column language  text check (language in ('en', 'id')), -- null: the organization's
    add column time_zone text,                                  -- null: the organization's
    add column theme     text not null default 'system' check (theme in ('system', 'light', 'dark'));

alter table organizations
    add column language     text not null default 'en' check (language in ('en', 'id')),
    add column accent_color text check (accent_color ~ '^#[0-9a-f]{6}$');

alter table devices add column address text;

-- The key that took over when this one was rotated.
alter table api_keys add column replaced_by uuid references api_keys on delete set null;
