//! Plans and nodes over HTTP: weights and rates, read and set by operators, on record.

use serde_json::{Value, json};
use wahana_testkit::TestApp;

#[tokio::test]
async fn f15_weights_and_rates_are_set_and_audited() {
    let app = TestApp::start().await;
    let (operator, member) = (app.register("acme").await, app.register("globex").await);
    let plans = async || operator.get("/api/v1/operator/plans").await.expect(200)["items"].clone();
    let free =
        |plans: &Value| plans.as_array().unwrap().iter().find(|p| p["name"] == "free").unwrap().clone();
    let before = free(&plans().await);
    assert_eq!((&before["weight"], &before["messages_per_minute"]), (&json!(1), &Value::Null));
    assert_eq!(before["organizations"], 2);
    let path = "/api/v1/operator/plans/free";
    operator.patch(path, json!({"weight": 3, "messages_per_minute": 60})).await.expect(204);
    operator.patch(path, json!({"weight": 5})).await.expect(204);
    let after = free(&plans().await);
    assert_eq!((&after["weight"], &after["messages_per_minute"]), (&json!(5), &json!(60)));
    operator.patch(path, json!({"messages_per_minute": null})).await.expect(204);
    assert_eq!(free(&plans().await)["messages_per_minute"], Value::Null);
    for wrong in [json!({"weight": 0}), json!({"weight": 1001}), json!({"messages_per_minute": 0})] {
        operator.patch(path, wrong).await.problem(422, "invalid_field");
    }
    operator.patch("/api/v1/operator/plans/none", json!({"weight": 3})).await.problem(404, "not_found");
    member.patch(path, json!({"weight": 3})).await.problem(403, "operator_required");
    let told = app.texts(
        "select detail #>> '{after,weight}' from audit_events where action = 'plan.change' order by id",
    );
    assert_eq!(told.await, ["3", "5", "5"]);

    app.node().await;
    let node = operator.get("/api/v1/operator/nodes").await.expect(200)["items"][0]["id"].clone();
    let path = format!("/api/v1/operator/nodes/{}", node.as_str().unwrap());
    let changed = operator.patch(&path, json!({"messages_per_minute": 600})).await.expect(200);
    assert_eq!(changed["messages_per_minute"], 600);
    operator.patch(&path, json!({"messages_per_minute": 0})).await.problem(422, "invalid_field");
    let open = operator.patch(&path, json!({"messages_per_minute": null})).await.expect(200);
    assert_eq!(open["messages_per_minute"], Value::Null);
}
