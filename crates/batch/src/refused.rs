//! What to do when a batch is refused because of one of its items.

use futures::future::BoxFuture;

/// Works on items with what it needs for that.
pub type Attempt<C, Q, A, E> = for<'a> fn(&'a C, &'a [Q]) -> BoxFuture<'a, Result<Vec<A>, E>>;

/// Works on all items together; if that is refused, on each alone, so that one does not spoil it for the others.
///
/// `attempt` gives as many answers as it gets items, in their order. An error that `concerns_all` (an outage, say) is
/// returned as it is: the others would only meet it again.
///
/// # Errors
/// The error of the attempt for all of them, if it concerns all, or if there is only one item.
///
/// # Panics
/// `attempt` gives no answer to a single item.
pub async fn together_or_alone<C, Q, A, E>(
    context: &C,
    items: &[Q],
    concerns_all: impl Fn(&E) -> bool,
    attempt: Attempt<C, Q, A, E>,
) -> Result<Vec<Result<A, E>>, E> {
    let refusal = match attempt(context, items).await {
        Ok(answers) => return Ok(answers.into_iter().map(Ok).collect()),
        Err(error) => error,
    };
    if items.len() <= 1 || concerns_all(&refusal) {
        return Err(refusal);
    }
    let mut answers = Vec::with_capacity(items.len());
    for item in items {
        let answer = attempt(context, std::slice::from_ref(item)).await;
        answers.push(answer.map(|mut one| {
            let Some(answer) = one.pop() else { unreachable!("an attempt answers every item") };
            answer
        }));
    }
    Ok(answers)
}
