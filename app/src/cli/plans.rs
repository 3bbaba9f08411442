//! `wahana plans`.

use clap::Subcommand;

use super::examples;

#[derive(Subcommand)]
pub(crate) enum PlansCommand {
    /// List plans, with the number of organizations that have each.
    #[command(after_help = examples!(
        "wahana plans list";
        "an array of objects with name, weight, messages_per_minute, organizations"
    ))]
    List,
    /// Change the weight and the rate of a plan; counts within seconds.
    #[command(after_help = examples!(
        "wahana plans set pro --weight 4 --messages-per-minute 120",
        "wahana plans set business --no-rate";
        "an object with name, weight, messages_per_minute, organizations"
    ))]
    Set {
        /// Its name.
        plan: String,
        /// Share of the workers: twice the weight, twice the turns.
        #[arg(long, value_parser = clap::value_parser!(i32).range(1..=1000))]
        weight: Option<i32>,
        /// Most messages a minute of all sessions of an organization.
        #[arg(long, value_parser = clap::value_parser!(i32).range(1..), conflicts_with = "no_rate")]
        messages_per_minute: Option<i32>,
        /// No limit of messages a minute.
        #[arg(long)]
        no_rate: bool,
    },
}
