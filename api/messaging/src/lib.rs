//! Routes about talking to people: sessions, messages, the inbox, contacts, campaigns. To add a noun: its file in the
//! folder of its context, one line in `quick` (and in `uploads`, if it takes files).

mod audience;
mod campaigns;
mod contacts;
mod exports;
mod imports;
mod inbox;
pub mod messages;
mod sessions;

pub use inbox::inbound::router as inbound;

use utoipa_axum::router::OpenApiRouter;
use wahana_api_kit::ApiState;

/// Routes with JSON bodies; answered within the request timeout.
pub fn quick() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .merge(sessions::session::router())
        .merge(sessions::policy_preview::router())
        .merge(sessions::statistics::router())
        .merge(sessions::pairing::router())
        .merge(sessions::pairing_links::router())
        .merge(sessions::sender_pools::router())
        .merge(messages::lanes::router())
        .merge(messages::message::router())
        .merge(messages::batches::router())
        .merge(messages::send::router())
        .merge(inbox::conversations::router())
        .merge(contacts::contact::router())
        .merge(contacts::batches::router())
        .merge(contacts::number_checks::router())
        .merge(contacts::consents::router())
        .merge(contacts::identities::router())
        .merge(contacts::suppressions::router())
        .merge(campaigns::campaign::router())
        .merge(campaigns::launch::router())
        .merge(campaigns::progress::router())
        .merge(campaigns::versions::router())
        .merge(campaigns::forecast::router())
        .merge(campaigns::preview::router())
        .merge(campaigns::dry_run::router())
        .merge(campaigns::errors::router())
        .merge(campaigns::recipients::router())
        .merge(imports::import::router())
}

/// Routes that take files; answered within the upload timeout. They set their own body limits.
pub fn uploads() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .merge(messages::media::uploads())
        .merge(messages::received_media::uploads())
        .merge(messages::send::uploads())
        .merge(messages::export::uploads())
        .merge(contacts::contact::uploads())
        .merge(contacts::export::uploads())
        .merge(campaigns::recipients::uploads())
        .merge(imports::upload::uploads())
        .merge(campaigns::recipient_uploads::uploads())
}
