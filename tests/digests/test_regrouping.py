from builders import NOW
from digests import regrouping
from digests.curate.fingerprint import fingerprint
from digests.curate.stories import Known
from digests.regrouping import regroup_window

TOLD = {
    1: ("en", "Bridge over the Karund lake opens"),
    2: ("en", "Comet visible until Thursday"),
    3: ("ru", "Мост через озеро Карунд открыт"),
    4: ("ru", "Комету видно до четверга"),
}


def test_the_languages_of_a_window_share_the_time_for_reading(tmp_path, monkeypatch):
    known = [
        Known(
            article_id=number,
            story_id=number,
            owner="a.example",
            language=language,
            published_at=NOW,
            fingerprint=fingerprint(title, "", language),
        )
        for number, (language, title) in TOLD.items()
    ]
    ends = []

    def judged(pairs, *, data_dir, until):
        ends.append(until)
        return [None] * len(pairs)

    monkeypatch.setattr(regrouping, "judge", judged)
    heads = {number: title for number, (_, title) in TOLD.items()}
    assert regroup_window(known, heads, told=frozenset(), data_dir=tmp_path) == {}
    assert len(ends) == 2
    assert len(set(ends)) == 1
