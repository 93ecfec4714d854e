"""The quality of an office's feeds over time."""

from tests.app.http.test_feeds import Sent, marks, sent

__all__ = ["sent"]


def test_the_quality_of_each_feed_is_told_the_newest_first(sent: Sent) -> None:
    sent.taken(marks(4), "office=SG&name=first.jsonl")
    sent.taken(marks(4, viennaCodes=["not a code"]), "office=SG&name=second.jsonl")
    sent.taken(marks(9), "office=SG&dryRun=true")
    page = sent.get("/v1/offices/sg/quality").json()
    assert (page["office"], page["name"]) == ("SG", "Singapore")
    second, first = page["results"]
    assert (second["name"], first["name"]) == ("second.jsonl", "first.jsonl")
    (told,) = first["rights"]
    assert (told["right"], told["records"], told["refused"], told["acceptedShare"]) == ("trademark", 4, 0, 1)
    assert told["score"] > second["rights"][0]["score"] > 0
    fields = {one["field"]: one for one in second["rights"][0]["fields"]}
    assert fields["viennaCodes"]["doubtful"] == 4
    assert fields["viennaCodes"]["validShare"] == 0
    assert fields["texts or media"] == {
        "field": "texts or media",
        "filled": 4,
        "filledShare": 1.0,
        "doubtful": 0,
        "validShare": 1.0,
        "weight": 4,
        "every": True,
    }


def test_the_list_goes_on_page_by_page_and_by_right(sent: Sent) -> None:
    for number in range(3):
        sent.taken(marks(1, number))
    page = sent.get("/v1/offices/SG/quality?limit=2&right=trademark").json()
    assert len(page["results"]) == 2
    rest = sent.get(page["next"]).json()
    assert len(rest["results"]) == 1
    assert "next" not in rest
    assert sent.get("/v1/offices/SG/quality?right=patent").json()["results"] == []


def test_it_is_told_to_its_office_only(sent: Sent) -> None:
    assert sent.get("/v1/offices/SG/quality", "MY").status_code == 403
    assert sent.client.get("/v1/offices/SG/quality").status_code == 401
    assert sent.get("/v1/offices/QQ/quality").status_code == 404
