//! Sessions (WhatsApp accounts): their life, their pairing, what they tell of themselves.

mod health;
mod insight;
mod lifecycle;
mod logged_out;
mod pairing_links;
