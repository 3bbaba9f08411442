//! Batches with time that only moves when everybody waits.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, sleep};

use super::*;

/// The batches that were worked on.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<Vec<u32>>>>);

impl Seen {
    fn note(&self, batch: &[u32]) {
        self.0.lock().unwrap().push(batch.to_vec());
    }

    fn all(&self) -> Vec<Vec<u32>> {
        self.0.lock().unwrap().clone()
    }
}

/// Answers each number with its double after a second.
fn doubling(window: BatchWindow<u32>, seen: &Seen) -> Batcher<u32, u32> {
    let seen = seen.clone();
    Batcher::new(window, move |batch: Vec<u32>| {
        seen.note(&batch);
        async move {
            sleep(Duration::from_secs(1)).await;
            batch.into_iter().map(|number| number * 2).collect()
        }
    })
}

#[tokio::test(start_paused = true)]
async fn what_comes_while_a_batch_is_worked_on_goes_together() {
    let seen = Seen::default();
    let batcher = doubling(BatchWindow::of(3, 100), &seen);
    let first = tokio::spawn({
        let batcher = batcher.clone();
        async move { batcher.ask(1).await }
    });
    sleep(Duration::from_millis(10)).await;
    let answers = futures::future::join_all((2..7).map(|number| batcher.ask(number))).await;
    assert_eq!(answers, [4, 6, 8, 10, 12].map(Ok));
    assert_eq!(first.await.unwrap(), Ok(2));
    assert_eq!(seen.all(), [vec![1], vec![2, 3, 4], vec![5, 6]]);
}

#[tokio::test(start_paused = true)]
async fn alone_an_item_waits_for_nobody() {
    let batcher = doubling(BatchWindow::of(3, 100).turns(usize::MAX), &Seen::default());
    let start = Instant::now();
    assert_eq!(batcher.ask(1).await, Ok(2));
    assert_eq!(start.elapsed(), Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_goes_away_loses_only_its_own_answer() {
    let seen = Seen::default();
    let batcher = doubling(BatchWindow::of(10, 100), &seen);
    let ask = |number| {
        let batcher = batcher.clone();
        tokio::spawn(async move { batcher.ask(number).await })
    };
    let (_busy, gone, stays) = (ask(1), ask(2), ask(3));
    sleep(Duration::from_millis(10)).await;
    gone.abort();
    assert_eq!(stays.await.unwrap(), Ok(6));
    assert_eq!(seen.all().concat(), [1, 2, 3]);
}

#[tokio::test(start_paused = true)]
async fn a_panic_costs_its_batch_and_no_other() {
    let batcher: Batcher<u32, u32> = Batcher::new(BatchWindow::of(1, 10), async |batch: Vec<u32>| {
        assert!(batch != [13], "bad luck");
        batch
    });
    let answers = futures::future::join_all([12, 13, 14].map(|number| batcher.ask(number))).await;
    assert_eq!(answers, [Ok(12), Err(NoAnswer), Ok(14)]);
}

#[tokio::test(start_paused = true)]
async fn callers_share_the_error_of_their_batch() {
    let batcher = Batcher::new(BatchWindow::of(10, 10).turns(1), async |batch: Vec<u32>| {
        share(batch.len(), if batch.contains(&13) { Err("refused") } else { Ok(batch) })
    });
    let (one, other) = tokio::join!(batcher.ask(13), batcher.ask(1));
    assert_eq!((one, other), (Ok(Err(Arc::new("refused"))), Ok(Err(Arc::new("refused")))));
    assert_eq!(batcher.ask(1).await, Ok(Ok(1)));
}

#[tokio::test(start_paused = true)]
async fn too_many_wait_for_room() {
    let batcher = doubling(BatchWindow::of(1, 1), &Seen::default());
    let start = Instant::now();
    let answers = futures::future::join_all((0..5).map(|number| batcher.ask(number))).await;
    assert_eq!(answers, [0, 2, 4, 6, 8].map(Ok));
    assert_eq!(start.elapsed(), Duration::from_secs(5));
}

#[tokio::test(start_paused = true)]
async fn heavy_items_share_a_batch_with_fewer() {
    let seen = Seen::default();
    let batcher = doubling(BatchWindow::of(10, 10).weighing(|number| *number as usize, 10), &seen);
    futures::future::join_all([1, 4, 5, 6, 30, 2].map(|number| batcher.ask(number))).await;
    assert_eq!(seen.all().concat(), [1, 4, 5, 6, 30, 2]);
    assert!(seen.all().iter().all(|batch| batch.len() == 1 || batch.iter().sum::<u32>() <= 10));
    assert!(seen.all().len() < 6, "{:?}", seen.all());
}

#[tokio::test(start_paused = true)]
async fn a_batch_waits_for_what_is_announced_but_not_for_ever() {
    let (seen, expected) = (Seen::default(), Expected::default());
    let window = BatchWindow::of(10, 10).expecting(expected.clone(), Duration::from_millis(100));
    let batcher = doubling(window, &seen);
    let late = async {
        let _coming = expected.announce();
        sleep(Duration::from_millis(50)).await;
        batcher.ask(2).await
    };
    let (late, early) = tokio::join!(late, batcher.ask(1));
    assert_eq!((early, late), (Ok(2), Ok(4)));
    assert_eq!(seen.all(), [[1, 2]]);

    let (_never, start) = (expected.announce(), Instant::now());
    assert_eq!(batcher.ask(3).await, Ok(6));
    assert_eq!(start.elapsed(), Duration::from_millis(1_100));
}

#[tokio::test(start_paused = true)]
async fn a_collector_gathers_for_its_time_and_drops_what_is_too_much() {
    let (seen, done) = (Seen::default(), Arc::new(Notify::new()));
    let window = BatchWindow::of(100, 3).open_for(Duration::from_secs(1));
    let collector = Collector::new(window, {
        let (seen, done) = (seen.clone(), done.clone());
        move |batch: Vec<u32>| {
            seen.note(&batch);
            done.notify_one();
            async {}
        }
    });
    let start = Instant::now();
    assert_eq!([1, 2, 3, 4].map(|number| collector.offer(number)), [true, true, true, false]);
    done.notified().await;
    assert_eq!((seen.all(), start.elapsed()), (vec![vec![1, 2, 3]], Duration::from_secs(1)));
}

type Keyed = KeyedBatcher<&'static str, (u32, Option<&'static str>), u32>;

#[tokio::test(start_paused = true)]
async fn keys_do_not_wait_for_each_other() {
    let batcher = Keyed::new(10, |_| None);
    let seen = Seen::default();
    let ask = |key, number| {
        let seen = seen.clone();
        batcher.ask(key, (number, None), move || {
            move |batch: Vec<(u32, _)>| {
                let numbers: Vec<u32> = batch.into_iter().map(|(number, _)| number).collect();
                seen.note(&numbers);
                async move {
                    sleep(Duration::from_secs(1)).await;
                    numbers.into_iter().map(Verdict::Answer).collect()
                }
            }
        })
    };
    let start = Instant::now();
    let (a, b, c, other) = tokio::join!(ask("a", 1), ask("a", 2), ask("a", 3), ask("b", 4));
    assert_eq!([a, b, c, other], [1, 2, 3, 4].map(Ok));
    assert_eq!(start.elapsed(), Duration::from_secs(2));
    assert_eq!(seen.all(), [vec![1], vec![4], vec![2, 3]]);
    assert!(batcher.is_idle());
}

#[tokio::test(start_paused = true)]
async fn what_excludes_each_other_goes_one_after_the_other_and_what_is_asked_again_goes_first() {
    let batcher = Keyed::new(10, |(_, name)| *name);
    let seen = Seen::default();
    let ask = |number, name| {
        let seen = seen.clone();
        batcher.ask("key", (number, name), move || {
            let mut tries = 0;
            move |batch: Vec<(u32, Option<&'static str>)>| {
                seen.note(&batch.iter().map(|(number, _)| *number).collect::<Vec<_>>());
                let mut verdicts = Vec::new();
                for item in batch {
                    tries += u32::from(item.0 == 2);
                    let again = item.0 == 2 && tries == 1;
                    verdicts.push(if again { Verdict::Again(item) } else { Verdict::Answer(item.0) });
                }
                async { verdicts }
            }
        })
    };
    let (x, y) = (Some("x"), Some("y"));
    let answers = tokio::join!(ask(1, x), ask(2, x), ask(3, x), ask(4, y), ask(5, None));
    assert_eq!(answers, (Ok(1), Ok(2), Ok(3), Ok(4), Ok(5)));
    assert_eq!(seen.all(), [vec![1], vec![2, 4, 5], vec![2], vec![3]]);
}

#[tokio::test(start_paused = true)]
async fn a_key_whose_work_panicked_works_on() {
    let batcher = Keyed::new(10, |_| None);
    let ask = |number| {
        batcher.ask("key", (number, None), || {
            async |batch: Vec<(u32, _)>| {
                assert!(batch.iter().all(|(number, _)| *number != 13), "bad luck");
                batch.into_iter().map(|(number, _)| Verdict::Answer(number)).collect()
            }
        })
    };
    assert_eq!(tokio::join!(ask(13), ask(1)), (Err(NoAnswer), Ok(1)));
    assert_eq!(ask(2).await, Ok(2));
    assert!(batcher.is_idle());
}

#[tokio::test]
async fn a_refused_batch_is_tried_one_by_one_unless_the_error_concerns_all() {
    let attempt: Attempt<(), u32, u32, &str> = |(), items| {
        Box::pin(async move {
            match items {
                items if items.contains(&0) => Err("outage"),
                items if items.contains(&13) => Err("refused"),
                items => Ok(items.to_vec()),
            }
        })
    };
    let outage = |error: &&str| *error == "outage";
    assert_eq!(together_or_alone(&(), &[1, 2], outage, attempt).await, Ok(vec![Ok(1), Ok(2)]));
    assert_eq!(
        together_or_alone(&(), &[1, 13, 2], outage, attempt).await,
        Ok(vec![Ok(1), Err("refused"), Ok(2)])
    );
    assert_eq!(together_or_alone(&(), &[1, 0], outage, attempt).await, Err("outage"));
    assert_eq!(together_or_alone(&(), &[13], outage, attempt).await, Err("refused"));
}
