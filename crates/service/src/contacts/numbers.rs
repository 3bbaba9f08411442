//! Phone numbers as an organization writes them: without a country code they are of its default country.

use wahana_domain::Country;
use wahana_store::{StoreError, Tenant};

/// The country of a number that has no country code. The organization is not read when the number has one.
///
/// # Errors
/// When Postgres does not answer.
pub async fn country(tenant: &Tenant, number: &str) -> Result<Country, StoreError> {
    if number.trim_start().starts_with('+') {
        return Ok(Country::default());
    }
    let organization = tenant.accounts().organization().await?;
    Ok(organization.and_then(|row| row.default_country.parse().ok()).unwrap_or_default())
}
