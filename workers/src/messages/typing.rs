//! Seen, typing for as long as the text takes, then the message: as a person would (docs/waha.md section 9).
//!
//! It is for show: whatever goes wrong here, the message goes all the same. At shutdown nobody types any more.

use std::time::Duration;

use tokio_util::sync::CancellationToken;
use wahana_domain::messages::Content;
use wahana_queue::Claim;
use wahana_store::messages::sending::Fenced;
use wahana_waha::{ChatId, WahaClient, WahaError};

/// How long WAHA may take to show or hide a sign.
const SIGN: Duration = Duration::from_secs(5);

/// Does what a person does before this message is sent. The lease is kept meanwhile, and the lane's pause runs since
/// the claim, so typing is part of it. Others may use its slot meanwhile.
pub(super) async fn before(
    client: &WahaClient,
    fenced: &Fenced,
    chat: &ChatId,
    claim: &Claim,
    draining: &CancellationToken,
) {
    let (Some(typing), Some(words)) = (fenced.typing, fenced.content.words()) else { return };
    if draining.is_cancelled() {
        return;
    }
    if matches!(&fenced.content, Content::Text { reply_to: Some(_), .. }) {
        shown("seen", fenced, client.send_seen(&fenced.waha_name, chat)).await;
    }
    shown("typing", fenced, client.start_typing(&fenced.waha_name, chat)).await;
    let takes = Duration::from_millis(typing.duration_ms(words, rand::random()));
    {
        let _resting = claim.rest();
        let _ = draining.run_until_cancelled(tokio::time::sleep(takes)).await;
    }
    shown("typed", fenced, client.stop_typing(&fenced.waha_name, chat)).await;
}

async fn shown(what: &str, fenced: &Fenced, sign: impl Future<Output = Result<(), WahaError>>) {
    match tokio::time::timeout(SIGN, sign).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            tracing::debug!(session.id = %fenced.session, error.message = %error, what, "WAHA did not show it")
        }
        Err(_) => tracing::debug!(session.id = %fenced.session, what, "WAHA did not answer in time"),
    }
}
