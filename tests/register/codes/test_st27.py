from register.codes.st27 import event_title, status_event_title


def test_an_event_has_its_own_title_or_that_of_its_category() -> None:
    assert event_title("F11") == "IP right granted following substantive examination"
    assert event_title("Q12") == "Document published"
    assert event_title("F") == "IP right granted"


def test_the_two_schemes_are_not_mixed() -> None:
    assert event_title("N") == "Application or IP right terminated"
    assert event_title("N", "INPADOC") is None
    assert event_title("Z", "INPADOC") == "Classification pending"


def test_a_whole_status_event_code_is_read() -> None:
    assert (
        status_event_title("A-2-4-F10-F11-exm-PR0701") == "IP right granted following substantive examination"
    )
    assert status_event_title("PR0701") is None


def test_an_unknown_code_has_no_title() -> None:
    assert event_title("") is None
    assert event_title("XYZ") is None
